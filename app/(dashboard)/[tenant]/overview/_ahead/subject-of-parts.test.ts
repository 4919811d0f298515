import { expect, it } from "vitest";
import type { FilterPart } from "../../_scope/filters";
import { subjectOfParts } from "./subject-of-parts";

const everybody = { kind: "tenant", key: "" };
const is = (tag: FilterPart["tag"], value: string | null): FilterPart => ({ tag, operator: "is", value });

it.each<[string, FilterPart[], object]>([
  ["no filter", [], everybody],
  ["one feature", [is("feature", "chat")], { kind: "feature", key: "chat" }],
  ["one user", [is("user", "u-1")], { kind: "user", key: "u-1" }],
  ["two features", [is("feature", "chat"), is("feature", "mail")], everybody],
  ["a feature of a team", [is("feature", "chat"), is("team", "core")], everybody],
  ["all but one", [{ tag: "feature", operator: "not", value: "chat" }], everybody],
  ["a word", [{ tag: "feature", operator: "contains", value: "ch" }], everybody],
  ["what bears no feature", [is("feature", null)], everybody],
  ["a model, which has no budget", [is("model", "gpt-4o")], everybody],
])("%s", (_, parts, subject) => expect(subjectOfParts(parts)).toEqual(subject));
