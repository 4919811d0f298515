import { expect, it } from "vitest";
import { seasonWords, stretchWords } from "./words";

it.each([
  ["2026-10-01", "2026-10-31", false, "Oct 2026"],
  ["2026-11-01", "2026-11-30", true, "Nov 2026 so far"],
  ["2026-08-01", "2026-10-31", false, "Aug 2026 to Oct 2026"],
])("from %s to %s is told", (first, last, isRunning, words) =>
  expect(stretchWords({ first, last, isRunning })).toBe(words),
);

it.each([
  [[], ""],
  [[12], "December"],
  [[1, 2], "January and February"],
  [[1, 2, 3], "January, February and March"],
])("months %j are told", (months, words) => expect(seasonWords(months)).toBe(words));
