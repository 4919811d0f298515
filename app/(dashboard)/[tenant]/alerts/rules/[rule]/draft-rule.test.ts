import { describe, expect, it } from "vitest";
import { areSame, boundsWords, draftOf, ownParams, readDraft } from "./draft-rule";

const draft = draftOf("week-over-week", true, { rise: 45, minUsd: 3 });
const typed = (values: Record<string, string>) =>
  readDraft("week-over-week", { ...draft, values: { ...draft.values, ...values } });

it("begins with what is set, and what is delivered where nothing is", () => {
  expect(draft).toEqual({ enabled: true, values: { rise: "45", minUsd: "3", floorUsd: "250" } });
});

describe("what was typed", () => {
  it.each([
    ["as it began", {}, { rise: 45, minUsd: 3, floorUsd: 250 }],
    ["as people write it", { rise: " 30 % ", floorUsd: "$1,200.50" }, { rise: 30, minUsd: 3, floorUsd: 1200.5 }],
    ["at the bounds", { rise: "1", minUsd: "0", floorUsd: "10000000" }, { rise: 1, minUsd: 0, floorUsd: 10_000_000 }],
    ["below the least", { rise: "0.99" }, null],
    ["above the most", { rise: "10001" }, null],
    ["nothing", { minUsd: "" }, null],
    ["no number", { minUsd: "three" }, null],
  ])("%s", (_, values, params) => expect(typed(values).params).toEqual(params)); // prettier-ignore

  it("says of each field what it may hold", () => {
    expect(typed({ rise: "0", minUsd: "x" }).faults).toEqual({
      rise: "A number from 1 to 10,000.",
      minUsd: "A number from 0 to 1,000,000.",
    });
    expect(boundsWords({ least: 0.01, most: 100_000 })).toBe("0.01 to 100,000");
  });
});

it("keeps of a subject only what differs from everything", () => {
  expect(ownParams({ rise: 45, minUsd: 3 }, { rise: 30, minUsd: 3, floorUsd: 250 })).toEqual({ rise: 45 });
});

it("knows the same parameters again", () => {
  expect(areSame({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  expect(areSame({ a: 1 }, { a: 1, b: 2 })).toBe(false);
});
