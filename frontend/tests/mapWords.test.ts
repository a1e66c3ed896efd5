import { expect, test } from "vitest";
import type { Prediction } from "../src/api/schema";
import type { Grid } from "../src/map/grid";
import { hereWords, mapWords, silenceWords } from "../src/map/words";

const models = { classes: ["a", "b", "c"] };

function grid(vote: number[], different: number[], silent: [string, string][] = []): Grid {
  const answers = { classes: Int16Array.from(vote), probabilities: Float32Array.from(vote, () => 1) };
  return {
    vote: answers,
    members: new Map([["m", answers]]),
    different: Uint8Array.from(different),
    silent: new Map(silent),
    answered: 3 - silent.length,
  };
}

test("a map is told by what each class covers and by how much the models disagree", () => {
  expect(mapWords("vote", grid([0, 0, 1, 2], [1, 1, 1, 2]), models)).toBe(
    "a covers 50\u00a0% of this map, b 25\u00a0% and c 25\u00a0%. The models disagree on 25\u00a0% of this map.",
  );
  expect(mapWords("disagreement", grid([0, 0], [1, 2]), models)).toBe(
    "The models disagree on 50\u00a0% of this map.",
  );
});

test("a map of one class says so", () => {
  expect(mapWords("model:m", grid([1, 1], [1, 1]), models)).toBe(
    "b covers all of this map. The models agree on all of this map.",
  );
});

test("of many classes those that cover little are counted", () => {
  const classes = Array.from({ length: 30 }, (_, index) => `c${index}`);
  const cells = classes.map((_, index) => index);
  expect(
    mapWords(
      "vote",
      grid(
        cells,
        cells.map(() => 1),
      ),
      { classes },
    ),
  ).toBe(
    "c0 covers 3\u00a0% of this map, c1 3\u00a0%, c2 3\u00a0%, c3 3\u00a0%, c4 3\u00a0% and 25 other classes the rest. The models agree on all of this map.",
  );
});

test("with one answer there is nothing to compare", () => {
  const alone = grid(
    [0],
    [1],
    [
      ["n", "is unavailable"],
      ["o", "is overloaded"],
    ],
  );
  expect(mapWords("disagreement", alone, models)).toBe(
    "Only one model answered, so there is nothing to compare.",
  );
});

test("a model without an answer has no map, and the others' says who is missing", () => {
  const partial = grid([0], [1], [["n", "is unavailable"]]);
  expect(silenceWords("model:n", partial)).toBe("n is unavailable. It has no map.");
  expect(silenceWords("vote", partial)).toBe(
    "n is unavailable. This map is drawn from the 2 models that answered.",
  );
  expect(silenceWords("model:m", partial)).toBeNull();
  expect(silenceWords("vote", grid([0], [1]))).toBeNull();
});

test("what the layer says at the point is the answer to the form", () => {
  const answer = {
    prediction: "a",
    probability: 0.5,
    agreement: { votes: 1, of: 2, asked: 3 },
    models: {
      m: { status: "ok", prediction: "b", probability: 0.75 },
      n: { status: "unavailable" },
      o: { status: "ok", prediction: "a", probability: 1 },
    },
  } as unknown as Prediction;
  expect(hereWords("vote", answer)).toBe("Here the soft vote says a, probability 0.500.");
  expect(hereWords("model:m", answer)).toBe("Here m says b, probability 0.750.");
  expect(hereWords("model:n", answer)).toBe("");
  expect(hereWords("disagreement", answer)).toBe(
    "Here: 1 of 2 that answered: o, n is unavailable; m says b.",
  );
});
