import { expect, test } from "vitest";
import { agreementWords, statusWords } from "../src/answer/agreement";
import type { MemberAnswer, Prediction } from "../src/api/schema";

const says = (prediction: string) => ({ status: "ok", prediction }) as MemberAnswer;
const silent = (status: MemberAnswer["status"], error?: string) => ({ status, error }) as MemberAnswer;

function words(prediction: string, models: Record<string, MemberAnswer>): string {
  const answered = Object.values(models).filter(({ status }) => status === "ok");
  const votes = answered.filter((member) => member.prediction === prediction).length;
  const agreement = { votes, of: answered.length, asked: Object.keys(models).length };
  const { badge, dissent } = agreementWords({ prediction, agreement, models } satisfies Partial<Prediction>);
  return dissent ? `${badge}; ${dissent}` : badge;
}

test("models that all answered and agree are counted", () => {
  expect(words("a", { x: says("a"), y: says("a"), z: says("a") })).toBe("3 of 3 agree");
});

test("models that say otherwise are named with what they say", () => {
  expect(words("a", { x: says("a"), y: says("b"), z: says("a") })).toBe("2 of 3: x and z; y says b");
  expect(words("a", { x: says("a"), y: says("b"), z: says("b") })).toBe("1 of 3: x; y and z say b");
});

test("the vote's class may be no model's own", () => {
  expect(words("c", { x: says("a"), y: says("b") })).toBe("0 of 2 say c; x says a, y says b");
});

test("a model that did not answer is named with what became of it", () => {
  expect(words("a", { x: says("a"), y: says("a"), z: silent("unavailable", "connection refused") })).toBe(
    "2 of 2 that answered agree, z is unavailable",
  );
  expect(words("a", { x: says("a"), y: silent("timeout") })).toBe(
    "Only 1 of 2 answered, y did not answer in time",
  );
});

test("who says otherwise is told beside who says nothing", () => {
  expect(words("a", { x: says("a"), y: says("b"), z: silent("timeout") })).toBe(
    "1 of 2 that answered: x, z did not answer in time; y says b",
  );
});

test("a card tells the reason too", () => {
  expect(statusWords(silent("unavailable", "connection refused"))).toBe("is unavailable: connection refused");
  expect(statusWords(silent("timeout", "no answer in time"))).toBe("did not answer in time");
});

test("a status of a newer gateway is told as it is", () => {
  expect(statusWords(silent("resting" as MemberAnswer["status"]))).toBe("did not answer (resting)");
});
