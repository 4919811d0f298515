import { describe, expect, it } from "vitest";
import { timelineOf } from "./timeline";

const from = (date: string) => ({ type: "start_date" as const, start_date: date });
const daily = (start: string, end: string) => ({
  type: "time_of_date" as const,
  start_time: start,
  end_time: end,
});

type Row = [
  entry: number,
  validFrom: string | null,
  validTo: string | null,
  dailyFrom: string | null,
  dailyTo: string | null,
];
const rows = (constraints: Parameters<typeof timelineOf>[0]): Row[] =>
  timelineOf(constraints).map(({ entry, validFrom, validTo, dailyFrom, dailyTo }) => [
    entry,
    validFrom?.toISOString().slice(0, 10) ?? null,
    validTo?.toISOString().slice(0, 10) ?? null,
    dailyFrom,
    dailyTo,
  ]);

describe("timelineOf", () => {
  it("one price is for ever", () => {
    expect(rows([undefined])).toEqual([[0, null, null, null, null]]);
  });

  it("start dates follow each other without a gap", () => {
    expect(rows([undefined, from("2025-05-22"), from("2025-12-18")])).toEqual([
      [0, null, "2025-05-22", null, null],
      [1, "2025-05-22", "2025-12-18", null, null],
      [2, "2025-12-18", null, null, null],
    ]);
  });

  it("a start date that a later entry shadows changes nothing", () => {
    expect(rows([undefined, from("2025-05-22"), undefined])).toEqual([[2, null, null, null, null]]);
  });

  it("a time of day splits the day, the rest wraps over midnight", () => {
    expect(rows([undefined, daily("00:30:00Z", "16:30:00Z")])).toEqual([
      [1, null, null, "00:30:00", "16:30:00"],
      [0, null, null, "16:30:00", "00:30:00"],
    ]);
  });

  it("a window over midnight, in another zone", () => {
    expect(rows([undefined, daily("22:00:00+02:00", "06:00:00+02:00")])).toEqual([
      [0, null, null, "04:00:00", "20:00:00"],
      [1, null, null, "20:00:00", "04:00:00"],
    ]);
  });

  it("dates and times of day together, the later entry winning", () => {
    const list = [
      undefined,
      from("2026-08-17"),
      daily("01:00:00Z", "04:00:00Z"),
      daily("06:00:00Z", "10:00:00Z"),
    ];
    const day = (entry: number, validFrom: string | null, validTo: string | null): Row[] => [
      [2, validFrom, validTo, "01:00:00", "04:00:00"],
      [entry, validFrom, validTo, "04:00:00", "06:00:00"],
      [3, validFrom, validTo, "06:00:00", "10:00:00"],
      [entry, validFrom, validTo, "10:00:00", "01:00:00"],
    ];
    expect(rows(list)).toEqual([...day(0, null, "2026-08-17"), ...day(1, "2026-08-17", null)]);
  });

  it("a window that is empty never holds", () => {
    expect(rows([undefined, daily("05:00:00Z", "05:00:00Z")])).toEqual([[0, null, null, null, null]]);
  });
});
