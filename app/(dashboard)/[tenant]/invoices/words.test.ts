import { expect, it } from "vitest";
import { draftsWords, outdatedWords } from "./words";

const none = { made: 0, recomputed: 0, edited: 0, final: 0, discarded: 0 };

it.each([
  ["nobody", none, "There is nobody to bill."],
  ["a first time", { ...none, made: 1 }, "1 draft made."],
  ["a second time", { ...none, recomputed: 12, edited: 1, final: 3, discarded: 2 }, "12 computed anew, 1 with lines added by hand left alone, 3 final already and 2 taken away."],
])("drafts of a month: %s", (_, made, words) => expect(draftsWords(made)).toBe(words)); // prettier-ignore

it("a draft says why it is not what it would be now", () => {
  expect(outdatedWords([])).toBeNull();
  expect(outdatedWords(["plan", "statement"])).toBe("the plan has another version and the month has another statement");
}); // prettier-ignore
