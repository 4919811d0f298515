import { describe, expect, it } from "vitest";
import { prepareVersionTimeline, shortVersion, type VersionDay } from "./prepare-version-timeline";

const row = (day: string, version: string | null, costUsd: string, calls = 10): VersionDay => ({
  day,
  version,
  costUsd,
  calls,
  unpricedCalls: 0,
  inputTokens: 1,
  outputTokens: 1,
});
const days = ["2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13"];
const clock = {
  timeZone: "UTC",
  now: new Date("2026-11-13T12:00:00Z"),
  finalThrough: "2026-11-13T00:00:00Z",
};
const timeline = prepareVersionTimeline({
  days,
  rows: [
    row("2026-11-12", "4", "4"),
    row("2026-11-11", "4", "0.8", 2),
    row("2026-11-10", "3", "2"),
    row("2026-11-11", "3", "1.6", 8),
    row("2026-11-13", "4", "4.2"),
    row("2026-11-13", null, "1"),
  ],
  changes: [
    { version: "3", day: "2026-10-01" },
    { version: "4", day: "2026-11-11" },
  ],
  ...clock,
});

describe("a version timeline", () => {
  it("has a line for each version, in the order of their first days", () =>
    expect(timeline.trend.series.map(({ name }) => name)).toEqual(["3", "4", "No version"]));
  it("tells what a call of that version cost on a day; a day without its calls is a gap", () =>
    expect(timeline.trend.points.map(({ values }) => values)).toEqual([
      ["0.2", null, null],
      ["0.2", "0.4", null],
      [null, "0.4", null],
      [null, "0.42", "0.1"],
    ]));
  it("marks the changes within its days", () =>
    expect(timeline.turns).toEqual([{ bucket: "2026-11-11", label: "4 since 11 Nov" }]));
  it("gives versions colours of their own", () =>
    expect(new Set(timeline.trend.series.map(({ colour }) => colour.tremor)).size).toBe(3));
});

it("draws the versions with the most calls where there are too many to tell apart", () => {
  const rows = Array.from({ length: 10 }, (_, n) => row("2026-11-10", `v${String(n)}`, "1", n + 1));
  const { trend } = prepareVersionTimeline({ ...clock, days, rows, changes: [] });
  expect(trend.series.map(({ name }) => name)).toEqual([
    ...["v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9"],
    "Other versions",
  ]);
});

describe("shortVersion", () => {
  it.each([
    ["12", "12"],
    ["2026-11-18-b", "2026-11-18-b"],
    ["3f786850e387550fdab836ed7e6dc881de23001b", "3f78685…"],
  ])("%s", (version, short) => expect(shortVersion(version)).toBe(short));
});
