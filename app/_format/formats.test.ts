import { describe, expect, it } from "vitest";
import {
  formatAgo,
  formatDelay,
  formatDay,
  formatHourLong,
  formatInstant,
  formatMonth,
  formatOffset,
  formatWeekday,
} from "./dates";
import { errorSentence } from "./errors";
import {
  formatChange,
  formatDuration,
  formatCompact,
  formatLatency,
  formatMultiple,
  formatShare,
  plural,
} from "./quantities";

describe("quantities", () => {
  it.each([
    [0, "0"],
    [9_999, "9,999"],
    [10_000, "10K"],
    [1_234_567, "1.2M"],
  ])("compacts %d", (count, text) => expect(formatCompact(count)).toBe(text));

  it.each([
    [0, "0%"],
    [0.0004, "< 0.1%"],
    [0.1234, "12.3%"],
    [1, "100%"],
  ])("shares %d", (fraction, text) => expect(formatShare(fraction)).toBe(text));

  it.each([
    [0.306, "+30.6%"],
    [-0.5, "−50%"],
    [0.0001, "±0%"],
    [41, "42×"],
  ])("changes %d", (fraction, text) => expect(formatChange(fraction)).toBe(text));
  it.each([
    [850, "850 ms"],
    [12_880, "12.88 s"],
    [59_400, "59.40 s"],
    [59_600, "1 min 0 s"],
    [2_427_370, "40 min 27 s"],
    [11_100_000, "3 h 5 min"],
  ])("a duration of %d ms", (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

  it("knows one from many", () =>
    expect([plural(1, "call"), plural(2, "call")]).toEqual(["1 call", "2 calls"]));
  it.each([
    [0.42, "0.42×"],
    [1, "1×"],
    [3.249, "3.2×"],
    [41.4, "41×"],
  ])("multiplies %d", (ratio, text) => expect(formatMultiple(ratio)).toBe(text));
  it("measures", () => expect([formatLatency(830), formatLatency(1834)]).toEqual(["830 ms", "1.83 s"]));
});

describe("dates", () => {
  it("are the tenant's", () =>
    expect(formatInstant("2026-11-18T20:00:00Z", "Asia/Kolkata")).toBe("19 Nov, 01:30"));
  it("name the year of another year only", () => {
    const now = new Date("2026-11-18T12:00:00Z");
    expect(formatInstant("2023-11-16T18:15:00Z", "UTC", now)).toBe("16 Nov 2023, 18:15");
    expect(formatInstant("2026-11-16T18:15:00Z", "UTC", now)).toBe("16 Nov, 18:15");
  });
  it("name a month", () => expect(formatMonth("2026-10")).toBe("Oct 2026"));
  it("name the days of a week from Monday on", () =>
    expect([1, 2, 3, 4, 5, 6, 7].map(formatWeekday)).toEqual([
      "Mon",
      "Tue",
      "Wed",
      "Thu",
      "Fri",
      "Sat",
      "Sun",
    ]));
  it("name an hour in the tenant's zone", () =>
    expect(formatHourLong("2026-11-18T20:30:00Z", "Asia/Kolkata")).toBe("Thu, 19 Nov 2026, 02:00"));
  it("leave a local day alone", () => expect(formatDay("2026-03-01")).toBe("1 Mar"));
  it("name the offset of that day", () =>
    expect([
      formatOffset("Europe/Berlin", new Date("2026-07-01T00:00:00Z")),
      formatOffset("Europe/Berlin", new Date("2026-12-01T00:00:00Z")),
    ]).toEqual(["GMT+02:00", "GMT+01:00"]));
  it.each([
    ["2026-11-18T11:59:40Z", "just now"],
    ["2026-11-18T11:30:00Z", "30 min ago"],
    ["2026-11-18T07:00:00Z", "5 h ago"],
    ["2026-11-10T07:00:00Z", "10 Nov 2026"],
  ])("ago %s", (iso, text) => expect(formatAgo(iso, new Date("2026-11-18T12:00:00Z"), "UTC")).toBe(text));

  it.each([
    ["2026-11-18T11:59:30Z", "0 min"],
    ["2026-11-18T11:00:01Z", "59 min"],
    ["2026-11-18T11:00:00Z", "1 h"],
    ["2026-11-16T12:00:01Z", "47 h"],
    ["2026-11-16T12:00:00Z", "2 days"],
    ["2026-11-15T08:00:00Z", "3 days"],
  ])("late since %s", (from, text) => expect(formatDelay(from, "2026-11-18T12:00:00Z")).toBe(text));
});

describe("errorSentence", () => {
  it("trusts the server's sentence where it says more", () =>
    expect(errorSentence({ message: "A key of that name exists.", data: { code: "CONFLICT" } })).toBe(
      "A key of that name exists.",
    ));
  it("has its own for a lost session", () =>
    expect(errorSentence({ message: "UNAUTHORIZED", data: { code: "UNAUTHORIZED" } })).toContain(
      "Sign in again",
    ));
  it("knows when nobody answered", () =>
    expect(errorSentence({ message: "fetch failed" })).toContain("did not answer"));
  it("is not fooled by the names of an object", () =>
    expect(errorSentence({ message: "m", data: { code: "toString" } })).toBe("m"));
});
