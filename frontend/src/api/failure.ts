/** Why there is no answer, and how the page says so. */
import type { Problem } from "./schema";

export type Failure =
  | { kind: "network" }
  | { kind: "timeout" }
  | { kind: "unreadable"; status: number }
  | { kind: "problem"; problem: Problem; retryAfter_s?: number };

export function isProblem(failure: Failure, status: number): failure is Failure & { kind: "problem" } {
  return failure.kind === "problem" && failure.problem.status === status;
}

interface FailureWords {
  title: string;
  detail: string;
  advice: string;
}

export function failureWords(failure: Failure): FailureWords {
  switch (failure.kind) {
    case "network":
      return {
        title: "The server cannot be reached",
        detail: "The connection was refused or lost before an answer came.",
        advice: "What you entered is kept.",
      };
    case "timeout":
      return {
        title: "No answer in time",
        detail: "The server took the question and did not answer within 10 seconds.",
        advice: "What you entered is kept.",
      };
    case "unreadable":
      return {
        title: "An answer that cannot be read",
        detail: `The server answered with status ${failure.status} and something other than the JSON expected.`,
        advice: "Something between this page and the gateway may be answering in its place.",
      };
    case "problem":
      return {
        title: failure.problem.status === 429 ? "Too many requests" : failure.problem.title,
        detail: sentence(
          failure.retryAfter_s ? withoutAdvice(failure.problem.detail) : failure.problem.detail,
        ),
        advice: failure.retryAfter_s ? `Try again in ${seconds(failure.retryAfter_s)}.` : "",
      };
  }
}

/** A detail written to follow a colon, made a sentence of its own. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (!trimmed) return "";
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (/[.!?]$/.test(trimmed) ? "" : ".");
}

/** A detail without its own "ask again in a moment", where the seconds are known. */
const withoutAdvice = (detail: string) => detail.replace(/[:;,.]? *\b(ask|try) again\b.*$/i, "");

const seconds = (n: number) => (n === 1 ? "1 second" : `${n} seconds`);
