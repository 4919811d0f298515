import { describe, expect, it } from "vitest";
import { startOfDay } from "@/server/calendar/local-day";
import { Usd, usdText } from "@/server/prices/decimal";
import { monthMark, monthParts, monthStretch } from "./revenue-months";

const later = new Date("2030-01-01T00:00:00Z");
const monthly = (usd: string, from: Date, to: Date, zone: string, now = later) => {
  const { from: first, to: last, scale } = monthStretch({ from, to }, zone, now);
  return usdText(new Usd(usd).times((last - first).toString()).div((monthParts * scale).toString()));
};
const days = (usd: string, from: string, to: string, zone = "UTC") =>
  monthly(usd, startOfDay(from, zone), startOfDay(to, zone), zone);

describe("revenue of a stretch", () => {
  it.each([
    ["a month of 31 days", "2026-10-01", "2026-11-01", "30"],
    ["one of 30", "2026-11-01", "2026-12-01", "30"],
    ["one of 28", "2026-02-01", "2026-03-01", "30"],
    ["one of 29", "2028-02-01", "2028-03-01", "30"],
    ["a year", "2026-01-01", "2027-01-01", "360"],
    ["a day of 30", "2026-11-05", "2026-11-06", "1"],
    ["a day of 28", "2026-02-05", "2026-02-06", "1.071428571428571429"],
    ["a third of one month and a half of the next", "2026-09-21", "2026-10-16", "24.516129032258064516"],
  ])("%s", (_name, from, to, usd) => expect(days("30", from, to)).toBe(usd));

  it("is a month's whole wherever clocks change", () => {
    for (const zone of ["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
      expect(days("49.99", "2026-10-01", "2026-12-01", zone)).toBe("99.98");
  });

  it("goes by the day as it is long", () => {
    const zone = "America/New_York";
    // 25 hours: the clocks go back.
    const start = startOfDay("2026-11-01", zone);
    expect(monthly("30", start, new Date(start.getTime() + 12.5 * 3_600_000), zone)).toBe("0.5");
    expect(monthly("30", new Date(start.getTime() + 20 * 3_600_000), startOfDay("2026-11-02", zone), zone)).toBe("0.2"); // prettier-ignore
  });

  it("is not earned ahead", () => {
    const [from, to] = [startOfDay("2026-11-01", "UTC"), startOfDay("2026-12-01", "UTC")];
    expect(monthly("30", from, to, "UTC", new Date("2026-11-16T00:07:00Z"))).toBe("15");
    expect(monthly("30", from, to, "UTC", new Date("2026-10-01T00:00:00Z"))).toBe("0");
  });

  it("is that of its parts, whatever the cut", () => {
    const [from, to] = [startOfDay("2026-01-31", "UTC"), startOfDay("2026-03-02", "UTC")];
    const whole = monthStretch({ from, to }, "UTC", later);
    for (let day = from.getTime(); day <= to.getTime(); day += 86_400_000) {
      const [one, two] = [
        monthStretch({ from, to: new Date(day) }, "UTC", later),
        monthStretch({ from: new Date(day), to }, "UTC", later),
      ];
      expect(one.to - one.from + (two.to - two.from)).toBe(whole.to - whole.from);
    }
    expect(monthMark("2026-03-01") - monthMark("2026-02-01")).toBe(monthParts);
  });
});
