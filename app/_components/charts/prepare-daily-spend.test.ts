import { describe, expect, it } from "vitest";
import { type DayRow, prepareDailySpend } from "./prepare-daily-spend";

const row = (bucket: string, costUsd: string): DayRow => ({ bucket, costUsd, calls: 1, unpricedCalls: 0 });
const days = [
  "2026-11-10",
  "2026-11-11",
  "2026-11-12",
  "2026-11-13",
  "2026-11-14",
  "2026-11-15",
  "2026-11-16",
  "2026-11-17",
];
const base = { days, today: "2026-11-17", firstDay: "2026-11-10", provisionalFrom: "2026-11-17" };
const at = (day: string, rows: DayRow[], over: Partial<typeof base> = {}) =>
  prepareDailySpend({ ...base, ...over, rows }).points.find((point) => point.day === day);

describe("prepareDailySpend", () => {
  it("knows that a day without calls cost nothing", () => expect(at("2026-11-12", [])?.costUsd).toBe("0"));
  it("leaves a gap before the first call ever", () =>
    expect(at("2026-11-12", [], { firstDay: "2026-11-13" })?.costUsd).toBeNull());
  it("leaves only gaps where there never was a call", () => {
    const { points, top } = prepareDailySpend({ ...base, firstDay: null, rows: [] });
    expect(points.every((point) => point.costUsd === null && point.averageUsd === null)).toBe(true);
    expect(top).toBe(1);
  });
  it("has no average until seven days are known", () =>
    expect(at("2026-11-15", [row("2026-11-15", "7")])?.averageUsd).toBeNull());
  it("averages seven days, idle ones included", () =>
    expect(at("2026-11-16", [row("2026-11-10", "3.5"), row("2026-11-16", "3.5")])?.averageUsd).toBe(
      "1.000000000000000000",
    ));
  it("adds exactly where floats would not", () => {
    const rows = days.slice(0, 7).map((day) => row(day, "0.1"));
    expect(at("2026-11-16", rows)?.averageUsd).toBe("0.100000000000000000");
  });
  it("does not average today, which is not over", () =>
    expect(at("2026-11-17", [row("2026-11-17", "9")])?.averageUsd).toBeNull());
  it("marks what is not final", () => {
    const points = prepareDailySpend({ ...base, provisionalFrom: "2026-11-16", rows: [] }).points;
    expect(points.filter((point) => point.isProvisional).map((point) => point.day)).toEqual([
      "2026-11-16",
      "2026-11-17",
    ]);
    expect(points.filter((point) => point.isToday).map((point) => point.day)).toEqual(["2026-11-17"]);
  });
  it("puts the axis above the highest bar", () =>
    expect(prepareDailySpend({ ...base, rows: [row("2026-11-11", "118.2")] }).top).toBe(120));
});
