import { describe, expect, it } from "vitest";
import { questionFrom, readQuestion, whyInput, type WhyQuestion, writeQuestion } from "./question";

const nothing = { why: null, whyf: [], whyof: null, whyby: null };
const zone = "America/New_York";
const question: WhyQuestion = {
  stretch: { from: "2026-11-15", to: "2026-11-22" },
  compare: { from: "2026-11-08", to: "2026-11-14T15:30:00.000Z" },
  parts: [
    { tag: "feature", operator: "is", value: "chat,a..b&c=~" },
    { tag: "team", operator: "is", value: null },
    { tag: "prompt", operator: "contains", value: "mail" },
    { tag: "model", operator: "not", value: "gpt-4o" },
  ],
  measure: "costPerCall",
  view: "user",
};

describe("a question in the address", () => {
  it("reads as it was written", () => {
    const written = writeQuestion(question);
    expect(written).toEqual({
      why: "2026-11-15..2026-11-22,2026-11-08..2026-11-14T15:30:00.000Z",
      whyf: ["feature:chat,a..b&c=~", "team:", "prompt:~mail", "-model:gpt-4o"],
      whyof: "call",
      whyby: "user",
    });
    expect(readQuestion(written, zone)).toEqual(question);
  });

  it("leaves out what is usual", () => {
    const usual = { ...question, parts: [], measure: "cost", view: "cause" } as const;
    expect(writeQuestion(usual)).toMatchObject({ whyf: [], whyof: null, whyby: null });
    expect(readQuestion(writeQuestion(usual), zone)).toEqual(usual);
  });

  it.each([
    ["nothing", null],
    ["one stretch", "2026-11-15..2026-11-22"],
    ["three", "2026-11-15..2026-11-22,2026-11-08..2026-11-15,2026-11-01..2026-11-08"],
    ["a stretch that ends before it begins", "2026-11-22..2026-11-15,2026-11-08..2026-11-15"],
    ["a bound too many", "2026-11-15..2026-11-16..2026-11-22,2026-11-08..2026-11-15"],
    ["days that there are not", "2026-02-30..2026-03-03,2026-02-01..2026-02-04"],
    ["an instant between quarter hours", "2026-11-15..2026-11-22,2026-11-08..2026-11-14T15:31:00.000Z"],
    ["words", "<script>,2026-11-08..2026-11-15"],
  ])("is none for %s", (_case, why) => expect(readQuestion({ ...nothing, why }, zone)).toBeNull());

  it("drops filters that no report knows", () =>
    expect(
      readQuestion({ ...nothing, why: "2026-11-15..2026-11-22,2026-11-08..2026-11-15", whyf: ["route:x", "feature:chat"] }, zone)?.parts,
    ).toEqual([{ tag: "feature", operator: "is", value: "chat" }])); // prettier-ignore
});

describe("what a button is about", () => {
  const asked = {
    from: "2026-11-15",
    to: "2026-11-22",
    compare: { from: "2026-11-08", to: "2026-11-15" },
    filter: { team: { not: [null] }, feature: { contains: ["doc"] } },
  };

  it("is the scope of its screen", () => {
    const { compare, ...scope } = asked;
    const found = questionFrom({ asked });
    expect(found && whyInput(found)).toEqual({ ...scope, compare, measure: "cost" });
  });

  it("is the row that it stands in, in place of what the scope says of that tag", () => {
    const found = questionFrom({ asked, group: { by: "feature", key: "doc-search" } });
    expect(found && whyInput(found).filter).toEqual({ team: { not: [null] }, feature: ["doc-search"] });
  });

  it("is the row without the tag", () => {
    const found = questionFrom({ asked, group: { by: "user", key: null } });
    expect(found && whyInput(found).filter.user).toEqual([null]);
  });

  it("is nothing where nothing is compared", () => {
    expect(questionFrom({ asked: { ...asked, compare: undefined } })).toBeNull();
  });
});
