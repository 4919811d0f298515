import { describe, expect, it } from "vitest";
import { SpendFilter } from "@/server/analytics/schemas";
import {
  callTags,
  type FilterPart,
  partWords,
  readFilter,
  readFilterPart,
  toSpendFilter,
  withOnly,
  writeFilterPart,
} from "./filters";
import { reportTags } from "./scope";

const chips: [string, FilterPart][] = [
  ["feature:chat", { tag: "feature", operator: "is", value: "chat" }],
  ["-user:x", { tag: "user", operator: "not", value: "x" }],
  ["prompt:~mail", { tag: "prompt", operator: "contains", value: "mail" }],
  ["team:", { tag: "team", operator: "is", value: null }],
  ["-team:", { tag: "team", operator: "not", value: null }],
  ["model:openai/gpt-4o:2024-11-20", { tag: "model", operator: "is", value: "openai/gpt-4o:2024-11-20" }],
  ["feature:=~tilde", { tag: "feature", operator: "is", value: "~tilde" }],
  ["-feature:==", { tag: "feature", operator: "not", value: "=" }],
  ["prompt:~~", { tag: "prompt", operator: "contains", value: "~" }],
  ["feature:a, b\nc", { tag: "feature", operator: "is", value: "a, b\nc" }],
  ["promptVersion:v3", { tag: "promptVersion", operator: "is", value: "v3" }],
];

describe("a chip in the address", () => {
  it.each(chips)("%s is read", (text, part) => expect(readFilterPart(text, reportTags)).toEqual(part));
  it.each(chips)("%s is written", (text, part) => expect(writeFilterPart(part)).toBe(text));

  it.each([
    ["no tag", "chat"],
    ["a strange tag", "colour:red"],
    ["a tag of calls alone, for a report", "route:/chat"],
    ["an inherited name", "constructor:x"],
    ["an empty word", "feature:~"],
    ["a word that it must not contain", "-feature:~x"],
    ["too long", `feature:${"x".repeat(257)}`],
    ["what cannot be stored", "feature:\0"],
    ["nothing", ""],
    ["a kind that is none", "kind:video"],
    ["to be without a kind", "kind:"],
    ["a part of a kind", "kind:~l"],
  ])("%s is none", (_name, text) => expect(readFilterPart(text, reportTags)).toBeNull());

  it.each([
    ["route:/chat", { tag: "route", operator: "is", value: "/chat" }],
    ["-status:priced", { tag: "status", operator: "not", value: "priced" }],
    ["attempt:retry", { tag: "attempt", operator: "is", value: "retry" }],
    ["attempt:3", null],
    ["status:free", null],
  ])("%s, where calls are listed", (text, part) => expect(readFilterPart(text, callTags)).toEqual(part));
});

describe("readFilter", () => {
  it("names what it leaves out, and takes a chip once", () =>
    expect(readFilter(["feature:a", "nonsense", "feature:a"], reportTags)).toEqual({
      parts: [{ tag: "feature", operator: "is", value: "a" }],
      ignored: ["nonsense"],
    }));

  it("takes no more values than a report does", () => {
    const many = Array.from({ length: 102 }, (_, at) => `feature:${String(at)}`);
    const { parts, ignored } = readFilter([...many, "user:x"], reportTags);
    expect(ignored).toEqual(["feature:100", "feature:101"]);
    expect(SpendFilter.safeParse(toSpendFilter(parts)).success).toBe(true);
  });
});

describe("toSpendFilter", () => {
  it.each([
    { name: "nothing", texts: [], filter: {} },
    { name: "alternatives", texts: ["feature:a", "feature:b"], filter: { feature: ["a", "b"] } },
    { name: "none or one", texts: ["team:", "team:core"], filter: { team: [null, "core"] } },
    { name: "not", texts: ["-user:x"], filter: { user: { not: ["x"] } } },
    { name: "any", texts: ["-error:"], filter: { error: { not: [null] } } },
    { name: "contains", texts: ["prompt:~a", "prompt:~b"], filter: { prompt: { contains: ["a", "b"] } } },
    {
      name: "several at once",
      texts: ["model:a", "-model:b", "model:~c", "kind:llm"],
      filter: { model: { is: ["a"], not: ["b"], contains: ["c"] }, kind: ["llm"] },
    },
  ])("$name", ({ texts, filter }) => {
    const made = toSpendFilter(readFilter(texts, reportTags).parts);
    expect(made).toEqual(filter);
    expect(SpendFilter.parse(made)).toEqual(filter);
  });
});

it("one value takes the place of the others of its tag", () =>
  expect(
    withOnly(readFilter(["feature:a", "-feature:b", "team:t"], reportTags).parts, "feature", "c").map(
      writeFilterPart,
    ),
  ).toEqual(["team:t", "feature:c"]));

it.each([
  ["feature:chat", "Feature is chat"],
  ["-feature:chat", "Feature is not chat"],
  ["feature:~chat", "Feature contains chat"],
  ["feature:", "Feature is none"],
  ["-feature:", "Feature is any"],
])("says %s as %s", (text, sentence) => {
  const part = readFilterPart(text, reportTags);
  const { label, relation, value } = part ? partWords(part) : { label: "", relation: "", value: "" };
  expect(`${label} ${relation} ${value}`).toBe(sentence);
});
