import { describe, expect, it } from "vitest";
import { type DraftRule, draftOf, emptyCondition, startOf, termsOf } from "./draft-rule";

const saved = {
  name: "Old worker",
  conditions: [
    { field: "feature", op: "isMissing" },
    { field: "route", op: "startsWith", value: "/api/" },
    { field: "tags.worker", op: "is", value: "7" },
  ],
  sets: { feature: "search", team: "core" },
  position: 3,
} as const;

const { conditions, sets } = saved;
const asSaved = { ...saved, conditions: [...conditions] };

describe("a draft", () => {
  it("becomes the very rule that it was made of", () => {
    expect(termsOf(draftOf(asSaved))).toEqual({ ok: true, terms: { conditions: [...conditions], sets } });
    expect(draftOf(asSaved)).toMatchObject({ name: "Old worker", position: "3" });
  });

  it("begins where somebody clicked", () => {
    const draft = startOf({ field: "keyId", value: "k1", sets: "team" });
    expect(termsOf({ ...draft, sets: [{ field: "team", value: " care " }] })).toEqual({
      ok: true,
      terms: {
        conditions: [
          { field: "team", op: "isMissing" },
          { field: "keyId", op: "is", value: "k1" },
        ],
        sets: { team: "care" },
      },
    });
  });

  const whole = draftOf(asSaved);
  const twice: DraftRule["sets"] = [
    { field: "team", value: "a" },
    { field: "team", value: "b" },
  ];
  it.each([
    { name: "without a condition", draft: { ...whole, conditions: [] }, problem: "no-condition" },
    { name: "that sets nothing", draft: { ...whole, sets: [] }, problem: "sets-nothing" },
    { name: "with one field set twice", draft: { ...whole, sets: twice }, problem: "sets-twice" },
    { name: "without a value", draft: { ...whole, conditions: [emptyCondition] }, problem: "unfilled" },
    {
      name: "with a tag that has no name",
      draft: { ...whole, conditions: [{ ...emptyCondition, field: "tag" as const, value: "x" }] },
      problem: "unfilled",
    },
    { name: "that sets a blank", draft: startOf(null), problem: "unfilled" },
  ])("$name is not sent", ({ draft, problem }) => {
    expect(termsOf(draft)).toEqual({ ok: false, problem });
  });

  it("needs no value for what is missing", () => {
    const draft = { ...whole, conditions: [{ ...emptyCondition, op: "isMissing" as const }] };
    expect(termsOf(draft)).toMatchObject({ ok: true });
  });
});
