/** How far the models agree, and who did not answer, in words. */
import type { MemberAnswer, Prediction, Status } from "../api/schema";
import { list } from "../words";

const whatHappened: Record<Exclude<Status, "ok">, string> = {
  error: "failed",
  timeout: "did not answer in time",
  overloaded: "is overloaded",
  circuit_open: "is resting after repeated failures",
  unavailable: "is unavailable",
};

/** "is unavailable: connection refused" */
export function statusWords({ status, error }: MemberAnswer): string {
  if (status === "ok") return "answered";
  const words = whatHappened[status] ?? `did not answer (${status})`;
  return error ? `${words}: ${error}` : words;
}

export interface AgreementWords {
  /** "3 of 3 agree" */
  headline: string;
  /** Who says otherwise, and who says nothing, to follow the headline: ": a says b; c is unavailable" */
  details: string;
}

type Answer = Pick<Prediction, "prediction" | "agreement" | "models">;

export function agreementWords({ prediction, agreement, models }: Answer): AgreementWords {
  const { votes, of, asked } = agreement;
  const members = Object.entries(models);
  const answered = of < asked ? " that answered" : "";
  const headline =
    of === 1 && asked > 1
      ? `Only 1 of ${asked} answered`
      : of === 1
        ? "One model was asked"
        : `${votes} of ${of}${answered} ${votes === 1 ? "agrees" : "agree"}`;
  const others = dissent(prediction, members).join(", ");
  const details = [others && `: ${others}`, ...absence(members).map((words) => `; ${words}`)].join("");
  return { headline, details };
}

/** Models by the label that they predict instead: "neural_network says virginica". */
function dissent(prediction: string, members: [string, MemberAnswer][]): string[] {
  const byLabel = new Map<string, string[]>();
  for (const [name, member] of members) {
    if (member.status !== "ok" || member.prediction == null || member.prediction === prediction) continue;
    byLabel.set(member.prediction, [...(byLabel.get(member.prediction) ?? []), name]);
  }
  return [...byLabel].map(
    ([label, names]) => `${list(names)} ${names.length === 1 ? "says" : "say"} ${label}`,
  );
}

function absence(members: [string, MemberAnswer][]): string[] {
  return members.filter(([, m]) => m.status !== "ok").map(([name, m]) => `${name} ${statusWords(m)}`);
}
