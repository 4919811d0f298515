import { describe, expect, it } from "vitest";
import { resolveRange } from "./range";

describe("resolveRange", () => {
  it.each([
    { name: "a day in UTC", from: "2026-11-20", to: "2026-11-21", zone: "UTC", start: "2026-11-20T00:00:00.000Z", hours: 24 },
    { name: "a day in Kolkata", from: "2026-11-20", to: "2026-11-21", zone: "Asia/Kolkata", start: "2026-11-19T18:30:00.000Z", hours: 24 },
    { name: "the short day of New York", from: "2026-03-08", to: "2026-03-09", zone: "America/New_York", start: "2026-03-08T05:00:00.000Z", hours: 23 },
    { name: "the long day of Berlin", from: "2026-10-25", to: "2026-10-26", zone: "Europe/Berlin", start: "2026-10-24T22:00:00.000Z", hours: 25 },
    { name: "half an hour of DST at Lord Howe", from: "2026-04-05", to: "2026-04-06", zone: "Australia/Lord_Howe", start: "2026-04-04T13:00:00.000Z", hours: 24.5 },
  ])("$name", ({ from, to, zone, start, hours }) => {
    const range = resolveRange(from, to, zone);
    expect(range.from.toISOString()).toBe(start);
    expect((range.to.getTime() - range.from.getTime()) / 3_600_000).toBe(hours);
    expect(range.days).toEqual({ first: from, last: from });
  }); // prettier-ignore

  it("knows when instants are no local days", () => {
    expect(resolveRange("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z", "Asia/Kolkata").days).toBeNull();
    expect(resolveRange("2026-11-19T18:30:00Z", "2026-11-20T18:30:00Z", "Asia/Kolkata").days).toEqual({
      first: "2026-11-20",
      last: "2026-11-20",
    });
  });

  it.each([
    { name: "nothing", from: "2026-11-20", to: "2026-11-20" },
    { name: "backwards", from: "2026-11-21", to: "2026-11-20" },
    { name: "finer than a slot", from: "2026-11-20T00:01:00Z", to: "2026-11-21" },
    { name: "more than 800 days", from: "2020-01-01", to: "2026-01-01" },
  ])("refuses $name", ({ from, to }) => {
    expect(() => resolveRange(from, to, "UTC")).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });
});
