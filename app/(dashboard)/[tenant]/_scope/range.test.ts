import { describe, expect, it } from "vitest";
import { bucketsOf, type RangeChoice, type RangeToken, shiftRange, stretchOf } from "./range";

const now = new Date("2026-11-21T14:22:31Z");

describe("stretchOf", () => {
  it.each<[RangeToken, string, string]>([
    ["24h", "2026-11-20T15:00:00.000Z", "2026-11-21T15:00:00.000Z"],
    ["today", "2026-11-21", "2026-11-22"],
    ["yesterday", "2026-11-20", "2026-11-21"],
    ["7d", "2026-11-15", "2026-11-22"],
    ["30d", "2026-10-23", "2026-11-22"],
    ["90d", "2026-08-24", "2026-11-22"],
    ["mtd", "2026-11-01", "2026-11-22"],
    ["last-month", "2026-10-01", "2026-11-01"],
    ["qtd", "2026-10-01", "2026-11-22"],
    ["12mo", "2025-12-01", "2026-11-22"],
    ["all", "2024-10-01", "2026-11-22"],
  ])("%s", (token, from, to) => expect(stretchOf(token, now, "UTC")).toEqual({ from, to }));

  it.each([
    { zone: "Asia/Kolkata", at: "2026-11-21T18:29:00Z", today: "2026-11-21", hour: "2026-11-21T17:30:00.000Z" },
    { zone: "Asia/Kolkata", at: "2026-11-21T18:30:00Z", today: "2026-11-22", hour: "2026-11-21T18:30:00.000Z" },
    { zone: "Asia/Kathmandu", at: "2026-11-21T18:20:00Z", today: "2026-11-22", hour: "2026-11-21T18:15:00.000Z" },
    { zone: "America/New_York", at: "2026-11-01T05:30:00Z", today: "2026-11-01", hour: "2026-11-01T05:00:00.000Z" },
    { zone: "America/New_York", at: "2026-03-08T07:10:00Z", today: "2026-03-08", hour: "2026-03-08T07:00:00.000Z" },
    { zone: "Australia/Lord_Howe", at: "2026-10-03T15:40:00Z", today: "2026-10-04", hour: "2026-10-03T15:00:00.000Z" },
  ])("$zone at $at begins its hours and days itself", ({ zone, at, today, hour }) => {
    const instant = new Date(at);
    expect(stretchOf("today", instant, zone).from).toBe(today);
    const hours = stretchOf("24h", instant, zone);
    expect(Date.parse(hours.to) - 3_600_000).toBe(Date.parse(hour));
    expect(Date.parse(hours.to) - Date.parse(hours.from)).toBe(24 * 3_600_000);
  }); // prettier-ignore

  it("all fits into the 800 days of a report, whenever it is asked", () => {
    for (let day = 0; day < 1_500; day += 1) {
      const { from, to } = stretchOf("all", new Date(now.getTime() + day * 86_400_000), "UTC");
      expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBeLessThanOrEqual(800);
    }
  });
});

describe("shiftRange", () => {
  it.each<{ name: string; choice: RangeChoice; by: -1 | 1; to: RangeChoice | null; at?: string }>([
    { name: "seven days before seven days", choice: "7d", by: -1, to: { from: "2026-11-08", to: "2026-11-15" } },
    { name: "and back to what moves on with the days", choice: { from: "2026-11-08", to: "2026-11-15" }, by: 1, to: "7d" },
    { name: "nothing after today", choice: "7d", by: 1, to: null },
    { name: "yesterday before today", choice: "today", by: -1, to: "yesterday" },
    { name: "today after yesterday", choice: "yesterday", by: 1, to: "today" },
    { name: "a step that would pass today ends with it", choice: { from: "2026-11-13", to: "2026-11-20" }, by: 1, to: "7d" },
    { name: "last month before this", choice: "mtd", by: -1, to: "last-month" },
    { name: "this month after the last", choice: "last-month", by: 1, to: "mtd" },
    { name: "the month before the last", choice: "last-month", by: -1, to: { from: "2026-09-01", to: "2026-10-01" } },
    { name: "a short month after a long one", choice: { from: "2026-01-01", to: "2026-02-01" }, by: 1, to: { from: "2026-02-01", to: "2026-03-01" } },
    { name: "two months together", choice: { from: "2026-01-01", to: "2026-03-01" }, by: -1, to: { from: "2025-11-01", to: "2026-01-01" } },
    { name: "the quarter before this", choice: "qtd", by: -1, to: { from: "2026-07-01", to: "2026-10-01" } },
    { name: "this quarter after it", choice: { from: "2026-07-01", to: "2026-10-01" }, by: 1, to: "qtd" },
    { name: "the year before", choice: "12mo", by: -1, to: { from: "2024-12-01", to: "2025-12-01" } },
    { name: "no month after this", choice: "mtd", by: 1, to: null },
    { name: "24 hours before these", choice: "24h", by: -1, to: { from: "2026-11-19T15:00:00.000Z", to: "2026-11-20T15:00:00.000Z" } },
    { name: "no hours of tomorrow", choice: "24h", by: 1, to: null },
    { name: "thirty days are days, also where they are April", choice: "30d", by: -1, to: { from: "2026-03-02", to: "2026-04-01" }, at: "2026-04-30T12:00:00Z" },
    { name: "April to date, where it is thirty days too", choice: { from: "2026-03-01", to: "2026-04-01" }, by: 1, to: "mtd", at: "2026-04-30T12:00:00Z" },
  ])("$name", ({ choice, by, to, at }) => {
    expect(shiftRange(choice, by, at === undefined ? now : new Date(at), "UTC")).toEqual(to);
  }); // prettier-ignore
});

describe("bucketsOf", () => {
  it.each<{ choice: RangeChoice; usual: string; allowed: string[] }>([
    { choice: "24h", usual: "hour", allowed: ["hour", "day"] },
    { choice: "today", usual: "hour", allowed: ["hour"] },
    { choice: "7d", usual: "day", allowed: ["hour", "day"] },
    { choice: "30d", usual: "day", allowed: ["day"] },
    { choice: { from: "2026-08-22", to: "2026-11-22" }, usual: "day", allowed: ["day", "month"] },
    { choice: { from: "2026-08-21", to: "2026-11-22" }, usual: "month", allowed: ["day", "month"] },
    { choice: "12mo", usual: "month", allowed: ["day", "month"] },
    { choice: "all", usual: "month", allowed: ["month"] },
  ])("$choice", ({ choice, ...buckets }) => {
    expect(bucketsOf(stretchOf(choice, now, "UTC"), "UTC")).toEqual(buckets);
  });

  it("two days of 49 hours are told by the hour", () =>
    expect(bucketsOf({ from: "2026-10-31", to: "2026-11-02" }, "America/New_York").usual).toBe("hour"));
});
