import { describe, expect, it } from "vitest";
import { lettersOf, likelyTwin, slipsBetween } from "./twin";

it.each([
  ["doc_search", "docsearch"],
  ["Doc Search", "docsearch"],
  ["doc-search/v2", "docsearchv2"],
  ["ＤＯＣ", "doc"],
  ["---", ""],
])("%s is %s without case and separators", (name, letters) => expect(lettersOf(name)).toBe(letters));

it.each<[string, string, number, number]>([
  ["chat", "chat", 2, 0],
  ["", "ab", 2, 2],
  ["supportchat", "suportchat", 2, 1],
  ["supportchat", "supprotchat", 2, 1],
  ["emaildrafts", "emaildraft", 2, 1],
  ["contractreview", "codereview", 2, 3],
  ["a", "abcdef", 2, 3],
])("from %j to %j, looking for %i at most, are %i slips", (one, other, most, slips) => {
  expect(slipsBetween(one, other, most)).toBe(slips);
  expect(slipsBetween(other, one, most)).toBe(slips);
});

describe("the likely twin", () => {
  const among = (...names: [string, number][]) => names.map(([name, weight]) => ({ name, weight }));

  it.each<[string, string, [string, number][], string | null]>([
    [
      "is the same letters",
      "doc_search",
      [
        ["doc-search", 1],
        ["doc-searches", 99],
      ],
      "doc-search",
    ],
    [
      "is the nearest",
      "suport-chat",
      [
        ["support-chats", 99],
        ["support-chat", 1],
      ],
      "support-chat",
    ],
    [
      "of two equally near is the busier",
      "Email Drafts",
      [
        ["email-drafts", 3],
        ["email_drafts", 9],
      ],
      "email_drafts",
    ],
    [
      "of two alike is the first by name",
      "Email Drafts",
      [
        ["email_drafts", 3],
        ["email-drafts", 3],
      ],
      "email-drafts",
    ],
    ["is not itself", "chat", [["chat", 1]], null],
    ["of a short name is no slip away", "chat", [["chap", 1]], null],
    ["of a short name may be cased otherwise", "chat", [["Chat", 1]], "Chat"],
    ["of a name of five letters is one slip away", "notes", [["note", 1]], "note"],
    ["of a name of five letters is not two", "notes", [["nodee", 1]], null],
    [
      "is nobody's of another word",
      "pdf-export",
      [
        ["support-chat", 9],
        ["doc-index", 9],
      ],
      null,
    ],
    ["is none among none", "pdf-export", [], null],
  ])("%s", (_, name, candidates, twin) => expect(likelyTwin(name, among(...candidates))).toBe(twin));
});
