import { expect, it } from "vitest";
import { prepareUsed } from "./prepare-used";

const usual = [70, 90, 100];
it.each([
  ["nothing", 0, 0, "fine", [[0.7, false], [0.9, false]]],
  ["half", 0.5, 0.5, "fine", [[0.7, false], [0.9, false]]],
  ["the first threshold exactly", 0.7, 0.7, "warned", [[0.7, true], [0.9, false]]],
  ["all of it", 1, 1, "warned", [[0.7, true], [0.9, true]]],
  ["twice as much", 2, 1, "exceeded", [[0.35, true], [0.45, true], [0.5, true]]],
] as const)("%s", (_, used, length, tone, marks) => {
  const bar = prepareUsed(used, usual);
  expect([bar.length, bar.tone]).toEqual([length, tone]);
  expect(bar.marks.map(({ at, isPassed }) => [at, isPassed])).toEqual(marks);
}); // prettier-ignore
