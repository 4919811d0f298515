import { describe, expect, it } from "vitest";
import { rank } from "./rank";

const entries: { name: string; words: string }[] = [
  { name: "Go to Overview", words: "home dashboard spend trend" },
  { name: "Go to Calls", words: "ledger requests dearest kept out" },
  { name: "Go to Cache", words: "hit rate savings" },
  { name: "Go to Settings", words: "members keys sources privacy zone account audit" },
  { name: "Create an API key", words: "new token secret" },
  { name: "Dark theme", words: "toggle theme appearance mode" },
  { name: "feature chat-eu", words: "" },
  { name: "feature chat", words: "" },
  { name: "feature web-chat", words: "" },
];
const found = (typed: string) =>
  entries
    .map(({ name, words }) => ({ name, score: rank(name, typed, words.split(" ")) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ name }) => name);

describe("rank", () => {
  it.each([
    [
      "the name itself before what it is a part of",
      "chat",
      ["feature chat", "feature chat-eu", "feature web-chat"],
    ],
    ["no letters scattered over a sentence", "dark", ["Dark theme"]],
    ["a name before another word for it", "key", ["Create an API key", "Go to Settings"]],
    ["another word for it", "home", ["Go to Overview"]],
    ["every word", "go cal", ["Go to Calls"]],
    ["nothing for a word too many", "calls xyz", []],
    ["whatever its case", "CACHE", ["Go to Cache"]],
  ])("finds %s", (_name, typed, names) => expect(found(typed)).toEqual(names));

  it("finds everything for nothing", () => expect(found(" ")).toHaveLength(entries.length));
});
