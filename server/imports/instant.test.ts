import { describe, expect, it } from "vitest";
import { parseInstant } from "./instant";

describe("a time as a file writes it", () => {
  it.each([
    ["2023-11-16 18:15:46.6805900", "UTC", "2023-11-16T18:15:46.680Z", "2023-11-16T18:15:46.68059Z"],
    ["2023-11-16T18:15:46Z", "Asia/Kolkata", "2023-11-16T18:15:46.000Z", "2023-11-16T18:15:46.000Z"],
    ["2023-11-16 18:15", "UTC", "2023-11-16T18:15:00.000Z", "2023-11-16T18:15:00.000Z"],
    ["2023-11-16 18:15:46 +05:30", "UTC", "2023-11-16T12:45:46.000Z", "2023-11-16T12:45:46.000Z"],
    ["2023-11-16T18:15:46-0800", "UTC", "2023-11-17T02:15:46.000Z", "2023-11-17T02:15:46.000Z"],
    ["2023-11-16 18:15:46 UTC", "America/New_York", "2023-11-16T18:15:46.000Z", "2023-11-16T18:15:46.000Z"],
    ["2023-11-16 18:15:46", "Asia/Kolkata", "2023-11-16T12:45:46.000Z", "2023-11-16T12:45:46.000Z"],
    ["2026-07-01 12:00:00", "America/New_York", "2026-07-01T16:00:00.000Z", "2026-07-01T16:00:00.000Z"],
    ["2026-11-01 01:30:00", "America/New_York", "2026-11-01T05:30:00.000Z", "2026-11-01T05:30:00.000Z"],
    ["1700158546", "UTC", "2023-11-16T18:15:46.000Z", "2023-11-16T18:15:46.000Z"],
    ["1700158546680", "UTC", "2023-11-16T18:15:46.680Z", "2023-11-16T18:15:46.680Z"],
    ["1700158546.68059", "UTC", "2023-11-16T18:15:46.680Z", "2023-11-16T18:15:46.68059Z"],
  ])("%s (%s)", (text, zone, iso, exact) => {
    expect(parseInstant(text, zone)).toEqual({ ok: true, value: { iso, exact } });
  });

  it.each([
    ["2026-02-30 10:00:00", "UTC", "is no date of the calendar"],
    ["2026-03-01 24:00:00", "UTC", "is no date of the calendar"],
    ["2026-03-08 02:30:00", "America/New_York", "does not exist in America/New_York"],
    ["2026-03-01", "UTC", "has no time of day"],
    ["03/01/2026 10:00", "UTC", "is not a time"],
    ["yesterday", "UTC", "is not a time"],
  ])("refuses %s (%s)", (text, zone, message) => {
    expect(parseInstant(text, zone)).toEqual({
      ok: false,
      message: expect.stringContaining(message) as string,
    });
  });
});
