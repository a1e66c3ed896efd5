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
  const more = status === "timeout" ? "" : error; // which would say it once more
  return more ? `${happened(status)}: ${more}` : happened(status);
}

function happened(status: Status): string {
  if (status === "ok") return "answered";
  return whatHappened[status] ?? `did not answer (${status})`;
}

interface AgreementWords {
  /** "3 of 3 agree", "2 of 3: random_forest and k_neighbors", "2 of 2 answered, neural_network is unavailable" */
  badge: string;
  /** Who says otherwise: "neural_network says virginica, …"; empty where nobody does. */
  dissent: string;
}

type Answer = Pick<Prediction, "prediction" | "agreement" | "models">;

export function agreementWords({ prediction, agreement, models }: Answer): AgreementWords {
  const { votes, of, asked } = agreement;
  const members = Object.entries(models);
  const silent = members.filter(([, { status }]) => status !== "ok");
  const badge = [opinion(prediction, members, votes, of, asked), ...silent.map(fate)].join(", ");
  return { badge, dissent: dissent(prediction, members).join(", ") };
}

function opinion(
  prediction: string,
  members: [string, MemberAnswer][],
  votes: number,
  of: number,
  asked: number,
) {
  if (asked === 1) return "One model was asked";
  const answered = of < asked ? " that answered" : "";
  if (votes === of) return of === 1 ? `Only 1 of ${asked} answered` : `${of} of ${of}${answered} agree`;
  if (votes === 0) return `0 of ${of}${answered} say ${prediction}`;
  const agreeing = members.filter(([, member]) => member.prediction === prediction).map(([name]) => name);
  return `${votes} of ${of}${answered}: ${list(agreeing)}`;
}

/** "neural_network is unavailable" */
const fate = ([name, { status }]: [string, MemberAnswer]) => `${name} ${happened(status)}`;

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
