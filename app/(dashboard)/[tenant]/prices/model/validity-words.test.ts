import { expect, it } from "vitest";
import { validityWords } from "./validity-words";

const berlin = "Europe/Berlin";

it.each([
  { from: null, to: null, words: "always" },
  { from: null, to: "2026-10-06T22:00:00Z", words: "until 6 Oct 2026" },
  { from: "2026-10-06T22:00:00Z", to: null, words: "from 7 Oct 2026 on" },
  { from: "2026-08-21T22:00:00Z", to: "2026-10-06T22:00:00Z", words: "22 Aug 2026 – 6 Oct 2026" },
  { from: "2026-08-21T22:00:00Z", to: "2026-08-22T22:00:00Z", words: "22 Aug 2026" },
  { from: "2026-08-22T00:00:00Z", to: null, words: "from 22 Aug 2026, 02:00 on" },
  { from: null, to: "2026-10-07T00:00:00Z", words: "until 7 Oct 2026, 02:00" },
])("$from to $to is told as $words", ({ words, ...validity }) => {
  expect(validityWords(validity, berlin)).toBe(words);
});
