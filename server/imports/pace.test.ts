import { describe, expect, it } from "vitest";
import { type Facts, paceOf } from "./pace";

const startedAt = new Date("2026-11-21T12:00:00Z");
const after = (ms: number) => new Date(startedAt.getTime() + ms);
const quarter: Facts = {
  bytesRead: 250,
  bytesTotal: 1_000,
  rowsRead: 2_000,
  startedAt,
  progressedAt: after(4_000),
};

describe("paceOf", () => {
  it.each<[string, Partial<Facts>, ReturnType<typeof paceOf>]>([
    ["a quarter in 4 s", {}, { fraction: 0.25, rowsPerSecond: 500, secondsLeft: 12 }],
    [
      "the very beginning",
      { bytesRead: 0, rowsRead: 0, progressedAt: startedAt },
      { fraction: 0, rowsPerSecond: null, secondsLeft: null },
    ],
    [
      "too early to tell",
      { progressedAt: after(999) },
      { fraction: 0.25, rowsPerSecond: null, secondsLeft: null },
    ],
    [
      "just enough to tell",
      { progressedAt: after(1_000) },
      { fraction: 0.25, rowsPerSecond: 2_000, secondsLeft: 3 },
    ],
    ["an unknown size", { bytesTotal: 0 }, { fraction: null, rowsPerSecond: 500, secondsLeft: null }],
    [
      "all bytes read, rows on their way",
      { bytesRead: 1_000 },
      { fraction: 0.99, rowsPerSecond: 500, secondsLeft: 0 },
    ],
    ["a file that grew", { bytesRead: 1_200 }, { fraction: 0.99, rowsPerSecond: 500, secondsLeft: 0 }],
  ])("%s", (_name, more, pace) => {
    expect(paceOf({ ...quarter, ...more })).toEqual(pace);
  });
});
