/** A table of one's own: the file that was chosen, how far its answer is, and what came of it. */
import { batch, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { TableClient } from "../api/client";
import { type Failure, isProblem } from "../api/failure";
import { Answered } from "../table/answered";
import { type Choice, examine, type Ready } from "../table/choice";
import type { Summary } from "../table/summary";
import type { Watch } from "./watch";

export interface Progress {
  of: Ready;
  stage: "sending" | "answering";
  /** Bytes of the file that are sent. */
  sent: number;
  /** Rows that are answered. */
  rows: number;
}

export interface TableOutcome {
  /** What was sent. */
  sent: Ready;
  kind: "complete" | "canceled" | "failed";
  failure: Failure | null;
  /** Null where nothing of an answer came. */
  summary: Summary | null;
  /** The answer, safe to open in a spreadsheet, and how many of its cells that has changed. */
  file: Blob;
  changed: number;
}

export interface Table {
  choice: ReadonlySignal<Choice | null>;
  /** Null while nothing is under way. */
  progress: ReadonlySignal<Progress | null>;
  /** What came of the last table that was sent; it stays until the next is. */
  outcome: ReadonlySignal<TableOutcome | null>;
  choose(file: File): void;
  /** Look at the chosen file once more. */
  again(): void;
  start(): Promise<void>;
  cancel(): void;
}

/** Characters that are read at once, so that the page does not stand still. */
const piece_length = 64 * 1024;

/** `pause` lets the page do other things. */
export function createTable(client: TableClient, watch: Watch, pause: () => Promise<void>): Table {
  const choice = signal<Choice | null>(null);
  const progress = signal<Progress | null>(null);
  const outcome = signal<TableOutcome | null>(null);
  let looking: AbortController | null = null;
  let sending: AbortController | null = null;
  let release: string | undefined;
  let locked = false;

  effect(() => {
    const current = watch.models.value?.release;
    if (current === release && !locked) return;
    release = current;
    untracked(() => {
      const file = choice.peek()?.file;
      if (file) void look(file); // another release may read its columns differently
    });
  });

  async function look(file: File) {
    looking?.abort();
    const mine = new AbortController();
    looking = mine;
    const models = watch.models.peek();
    if (!models) return;
    choice.value = { kind: "reading", file };
    const found = await examine(client, file, models, mine.signal);
    if (looking !== mine) return;
    locked = found.kind === "failure" && isProblem(found.failure, 401);
    if (locked) return; // the page asks for a key, and loads the models with it
    choice.value = found;
    if (found.kind === "ready" && found.columns.release !== models.release) await seen(found.columns.release);
  }

  function choose(file: File) {
    const running = sending;
    sending = null; // what is under way is of the file before
    running?.abort();
    progress.value = null;
    void look(file);
  }

  async function start() {
    const chosen = choice.peek();
    if (chosen?.kind !== "ready" || chosen.columns.problems.length) return;
    sending?.abort();
    const mine = new AbortController();
    sending = mine;
    batch(() => {
      outcome.value = null;
      progress.value = { of: chosen, stage: "sending", sent: 0, rows: 0 };
    });
    const { columns, models, labels, marked, file } = chosen;
    const answered = new Answered(columns, models, labels, marked);
    const show = (change: Partial<Progress>) => {
      if (sending === mine && progress.peek())
        progress.value = { ...(progress.peek() as Progress), ...change };
    };
    const texts: string[] = [];
    let reading: Promise<void> | null = null;

    async function read() {
      for (let text = texts.shift(); text !== undefined; text = texts.shift()) {
        for (let at = 0; at < text.length && sending === mine; at += piece_length) {
          answered.feed(text.slice(at, at + piece_length));
          show({ stage: "answering", rows: answered.rows });
          await pause();
        }
      }
      reading = null;
    }

    const result = await client.table(file, {
      signal: mine.signal,
      onSent: (sent) => show({ sent, ...(sent >= file.size && { stage: "answering" }) }),
      onText(text) {
        texts.push(text);
        reading ??= read();
      },
    });
    while (reading) await reading;
    if (sending !== mine) return;
    sending = null;
    batch(() => {
      progress.value = null;
      if (!result.ok && isProblem(result.failure, 401)) return; // the page asks for a key
      outcome.value = {
        sent: chosen,
        kind: result.ok ? "complete" : mine.signal.aborted ? "canceled" : "failed",
        failure: result.ok ? null : result.failure,
        summary: answered.aggregator?.summary ?? null,
        file: answered.file,
        changed: answered.changed,
      };
    });
    if (result.ok && result.value.release) await seen(result.value.release);
    else if (!result.ok && !mine.signal.aborted) await watch.check();
  }

  const seen = (current: string) => watch.seen({ release: current, models: {} });

  return {
    choice,
    progress,
    outcome,
    choose,
    again() {
      const file = choice.peek()?.file;
      if (file) void look(file);
    },
    start,
    cancel: () => sending?.abort(),
  };
}
