import { describe, expect, it } from "vitest";
import { conditionWords } from "./rule-words";

const keys = new Map([["k1", "Claims app"]]);

describe("conditionWords", () => {
  it.each([
    { condition: { field: "feature", op: "isMissing" }, words: ["feature", "is missing", null] },
    { condition: { field: "route", op: "is", value: "/chat" }, words: ["route", "is", "/chat"] },
    { condition: { field: "tags.team-x", op: "isNot", value: "a" }, words: ["tag team-x", "is not", "a"] },
    { condition: { field: "keyId", op: "is", value: "k1" }, words: ["API key", "is", "Claims app"] },
    { condition: { field: "keyId", op: "is", value: "k2" }, words: ["API key", "is", "k2"] },
    { condition: { field: "route", op: "is", value: "k1" }, words: ["route", "is", "k1"] },
  ] as const)("$condition.field $condition.op", ({ condition, words: [field, operator, value] }) => {
    expect(conditionWords(condition, keys)).toEqual({ field, operator, value });
  });
});
