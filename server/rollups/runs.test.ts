import { expect, it } from "vitest";
import { gatherRuns } from "./runs";

const follows = (last: number, next: number) => next === last + 1;

it.each([
  { points: [], runs: [] },
  { points: [7], runs: [[7, 7]] },
  { points: [1, 2, 3], runs: [[1, 3]] },
  { points: [1, 3], runs: [[1, 1], [3, 3]] },
  { points: [1, 2, 9, 10, 12], runs: [[1, 2], [9, 10], [12, 12]] },
])("gathers $points", ({ points, runs }) => {
  expect(gatherRuns(points, follows)).toEqual(runs.map(([first, last]) => ({ first, last })));
}); // prettier-ignore
