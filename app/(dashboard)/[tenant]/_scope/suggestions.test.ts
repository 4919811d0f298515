import { describe, expect, it } from "vitest";
import { suggest, type Suggestion } from "./suggestions";

const found: Suggestion[] = [
  { value: "chat", costUsd: "3" },
  { value: null, costUsd: "2" },
  { value: "chat-eu", costUsd: "1" },
];
const valuesOf = (list: readonly Suggestion[]) => list.map(({ value }) => value);

describe("suggest", () => {
  it.each<{ name: string; tag: Parameters<typeof suggest>[0]; typed: string; values: (string | null)[] }>([
    { name: "what was found, then to be without", tag: "feature", typed: "", values: ["chat", "chat-eu", null] },
    { name: "what is typed, where it was not found", tag: "feature", typed: "cha", values: ["chat", "chat-eu", "cha"] },
    { name: "nothing twice", tag: "feature", typed: " chat ", values: ["chat", "chat-eu"] },
    { name: "a closed list as it is", tag: "status", typed: "PRI", values: ["priced", "unpriced"] },
    { name: "nothing beside a closed list", tag: "kind", typed: "nonsense", values: [] },
  ])("offers $name", ({ tag, typed, values }) =>
    expect(valuesOf(suggest(tag, typed, tag === "feature" ? found : []))).toEqual(values),
  ); // prettier-ignore

  it("knows what calls without the tag cost", () =>
    expect(suggest("feature", "", found).at(-1)).toEqual({ value: null, costUsd: "2" }));
  it("can be without what the range has none of", () =>
    expect(suggest("team", "", [])).toEqual([{ value: null, costUsd: null }]));
});
