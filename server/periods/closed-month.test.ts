import { describe, expect, it } from "vitest";
import { closedMonthOf, isClosed, isOfWholeDays, spanOf, spanToClose } from "./closed-month";

const closed = (month: string, timeZone: string) => ({ month, timeZone, ...spanOf(month, timeZone) });

describe("isClosed", () => {
  const kolkata = [closed("2026-09", "Asia/Kolkata"), closed("2026-10", "Asia/Kolkata")];
  it.each([
    { name: "the last millisecond before", at: "2026-08-31T18:29:59.999Z", month: null },
    { name: "the first instant of the local month", at: "2026-08-31T18:30:00.000Z", month: "2026-09" },
    { name: "between two closed months", at: "2026-09-30T18:30:00.000Z", month: "2026-10" },
    { name: "the last millisecond", at: "2026-10-31T18:29:59.999Z", month: "2026-10" },
    { name: "the first instant after", at: "2026-10-31T18:30:00.000Z", month: null },
  ])("$name", ({ at, month }) => {
    expect(closedMonthOf(kolkata, new Date(at))?.month ?? null).toBe(month);
    expect(isClosed(kolkata, new Date(at))).toBe(month !== null);
  });

  it("keeps the bounds of the zone that a month was closed in", () => {
    const at = new Date("2026-10-31T20:00:00Z");
    expect(isClosed([closed("2026-10", "UTC")], at)).toBe(true);
    expect(isClosed([closed("2026-10", "Asia/Kolkata")], at)).toBe(false);
  });
});

it("has the hour that a change of the clock takes from a month", () => {
  const { from, to } = spanOf("2026-03", "Europe/Berlin");
  expect((to.getTime() - from.getTime()) / 3_600_000).toBe(31 * 24 - 1);
});

describe("spanToClose", () => {
  const september = closed("2026-09", "Asia/Kolkata");
  it("is the month of its zone", () => {
    const span = spanToClose("2026-10", "America/New_York", []);
    expect(span).toEqual(closed("2026-10", "America/New_York"));
    expect(isOfWholeDays(span)).toBe(true);
    expect(spanToClose("2026-11", "America/New_York", [september])).toEqual(
      closed("2026-11", "America/New_York"),
    );
  });

  it("begins where the month before ended, and ends where the next began, whatever zones they were closed in", () => {
    const october = spanToClose("2026-10", "America/New_York", [september]);
    expect(october.from).toEqual(september.to);
    expect(october.to).toEqual(closed("2026-10", "America/New_York").to);
    expect(isOfWholeDays(october)).toBe(false);
    const august = spanToClose("2026-08", "UTC", [september]);
    expect([august.from, august.to]).toEqual([new Date("2026-08-01T00:00:00Z"), september.from]);
  });
});
