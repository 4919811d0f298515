import { describe, expect, it } from "vitest";
import { type BucketClock, bucketSizeOf, bucketStates } from "./bucket-time";

const clock = (over: Partial<BucketClock>): BucketClock => ({
  timeZone: "Asia/Kolkata",
  now: new Date("2026-11-17T20:00:00Z"),
  finalThrough: "2026-11-16T18:30:00Z",
  ...over,
});
const marks = (buckets: string[], over: Partial<BucketClock>) =>
  bucketStates(buckets, clock(over)).map(
    ({ isRunning, isProvisional }) => `${isRunning ? "running" : ""}${isProvisional ? "~" : ""}`,
  );

describe("days", () => {
  const days = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"];
  it("are the tenant's: final up to the midnight of the zone, running from it", () =>
    expect(marks(days, {})).toEqual(["", "~", "running~", "~"]));
  it("are all provisional where nothing is final", () =>
    expect(marks(days, { finalThrough: null })).toEqual(["~", "~", "running~", "~"]));
  it("have labels and titles", () =>
    expect(bucketStates(["2026-11-16"], clock({}))[0]).toMatchObject({
      label: "16 Nov",
      title: "Mon, 16 Nov 2026",
    }));
});

describe("months", () => {
  it("run and are provisional as their days are", () =>
    expect(marks(["2026-10", "2026-11", "2026-12"], {})).toEqual(["", "running~", "~"]));
});

describe("hours", () => {
  // New York's clocks go back on 1 November 2026 at 06:00Z.
  const hours = [
    "2026-11-01T04:00:00Z",
    "2026-11-01T05:00:00Z",
    "2026-11-01T06:00:00Z",
    "2026-11-01T07:00:00Z",
  ];
  const over = { timeZone: "America/New_York" };
  it("that the clocks repeat have labels of their own", () => {
    const labels = bucketStates(hours, clock(over)).map(({ label }) => label);
    expect(labels.map((label) => label.replace("\u200b", ""))).toEqual(["00:00", "01:00", "01:00", "02:00"]);
    expect(new Set(labels).size).toBe(4);
  });
  it("are final once they are over and the watermark has passed them", () => {
    const now = new Date("2026-11-01T06:10:00Z");
    expect(marks(hours, { ...over, now, finalThrough: "2026-11-01T05:30:00Z" })).toEqual([
      "",
      "~",
      "running~",
      "~",
    ]);
    expect(marks(hours, { ...over, now, finalThrough: "2026-11-01T06:00:00Z" })).toEqual([
      "",
      "",
      "running~",
      "~",
    ]);
  });
  it("of more than a day name it", () => {
    const many = Array.from({ length: 48 }, (_, n) => new Date(Date.UTC(2026, 10, 17, n)).toISOString());
    expect(bucketStates(many, clock({ ...over, timeZone: "UTC" }))[25]?.label).toBe("18 Nov, 01:00");
  });
});

describe("the size of buckets", () => {
  it("is told by their names", () => {
    expect(bucketSizeOf(["2026-11"])).toBe("month");
    expect(bucketSizeOf(["2026-11-16"])).toBe("day");
    expect(bucketSizeOf(["2026-11-16T04:00:00Z"])).toBe("hour");
  });
});
