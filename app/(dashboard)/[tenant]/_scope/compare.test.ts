import { describe, expect, it } from "vitest";
import { startOfDay } from "@/server/calendar/local-day";
import { comparedStretch, type CompareChoice } from "./compare";
import { type RangeChoice, stretchOf } from "./range";

const previous: CompareChoice = { mode: "previous", matchWeekday: false, custom: null };
const year: CompareChoice = { ...previous, mode: "year" };
const byWeekday = (choice: CompareChoice): CompareChoice => ({ ...choice, matchWeekday: true });

interface Case {
  name: string;
  choice: RangeChoice;
  compare?: CompareChoice;
  at?: string;
  zone?: string;
  from: string;
  to: string;
}

describe("comparedStretch", () => {
  it.each<Case>([
    { name: "a part of today with the same part", choice: "7d", from: "2026-11-08", to: "2026-11-14T14:15:00.000Z" },
    { name: "thirty days with as many before", choice: "30d", from: "2026-09-23", to: "2026-10-22T14:15:00.000Z" },
    { name: "today with yesterday so far", choice: "today", from: "2026-11-20", to: "2026-11-20T14:15:00.000Z" },
    { name: "a whole day with a whole day", choice: "yesterday", from: "2026-11-19", to: "2026-11-20" },
    { name: "hours with the same hours of the day before", choice: "24h", from: "2026-11-19T15:00:00.000Z", to: "2026-11-20T14:15:00.000Z" },
    { name: "this month with as much of the last", choice: "mtd", from: "2026-10-01", to: "2026-10-21T14:15:00.000Z" },
    { name: "the last month with the one before", choice: "last-month", from: "2026-09-01", to: "2026-10-01" },
    { name: "a quarter with the quarter before", choice: "qtd", from: "2026-07-01", to: "2026-08-21T14:15:00.000Z" },
    { name: "twelve months with twelve", choice: "12mo", from: "2024-12-01", to: "2025-11-21T14:15:00.000Z" },
    { name: "a 31st with all of a month without one", choice: "mtd", at: "2026-03-31T10:00:00Z", from: "2026-02-01", to: "2026-03-01" },
    { name: "one's own days", choice: { from: "2026-11-03", to: "2026-11-08" }, from: "2026-10-29", to: "2026-11-03" },
    { name: "a month that one picked day by day", choice: { from: "2026-03-01", to: "2026-04-01" }, from: "2026-02-01", to: "2026-03-01" },
    { name: "a month that is not over, picked whole", choice: { from: "2026-11-01", to: "2026-12-01" }, from: "2026-10-01", to: "2026-10-21T14:15:00.000Z" },
    { name: "an hour with that hour of the day before", choice: { from: "2026-11-20T14:00:00Z", to: "2026-11-20T15:00:00Z" }, from: "2026-11-19T14:00:00.000Z", to: "2026-11-19T15:00:00.000Z" },
    { name: "days to come, which nothing is known of", choice: { from: "2026-12-03", to: "2026-12-05" }, from: "2026-12-01", to: "2026-12-03" },

    { name: "thirty days matched by weekday never overlap", choice: "30d", compare: byWeekday(previous), from: "2026-09-18", to: "2026-10-17T14:15:00.000Z" },
    { name: "seven days match as they are", choice: "7d", compare: byWeekday(previous), from: "2026-11-08", to: "2026-11-14T14:15:00.000Z" },
    { name: "yesterday with the same weekday", choice: "yesterday", compare: byWeekday(previous), from: "2026-11-13", to: "2026-11-14" },
    { name: "a month by weekday", choice: "mtd", compare: byWeekday(previous), from: "2026-10-11", to: "2026-10-31T14:15:00.000Z" },

    { name: "a year ago", choice: "30d", compare: year, from: "2025-10-23", to: "2025-11-21T14:15:00.000Z" },
    { name: "a year ago by weekday", choice: "7d", compare: byWeekday(year), from: "2025-11-16", to: "2025-11-22T14:15:00.000Z" },
    { name: "a year before a leap day", choice: { from: "2024-02-29", to: "2024-03-01" }, compare: year, from: "2023-02-28", to: "2023-03-01" },
    { name: "everything, a year ago", choice: "all", compare: year, from: "2023-10-01", to: "2025-11-21T14:15:00.000Z" },

    { name: "as far into the day, though the clocks changed in between", choice: "7d", at: "2026-10-27T11:00:00Z", zone: "Europe/Berlin", from: "2026-10-14", to: "2026-10-20T10:00:00.000Z" },
    { name: "never beyond the end of that day, though today has 25 hours", choice: "7d", at: "2026-10-25T22:59:00Z", zone: "Europe/Berlin", from: "2026-10-12", to: "2026-10-18T22:00:00.000Z" },
    { name: "the day of 23 hours with the one before", choice: "today", at: "2026-03-09T03:59:00Z", zone: "America/New_York", from: "2026-03-07", to: "2026-03-08T03:45:00.000Z" },
    { name: "the day of 25 hours, whole, with the one before", choice: { from: "2026-11-01", to: "2026-11-02" }, zone: "America/New_York", from: "2026-10-31", to: "2026-11-01" },
    { name: "24.5 hours at Lord Howe", choice: "today", at: "2026-04-05T13:29:00Z", zone: "Australia/Lord_Howe", from: "2026-04-04", to: "2026-04-04T13:00:00.000Z" },
    { name: "half an hour into a day of Kolkata", choice: "today", at: "2026-11-21T19:05:00Z", zone: "Asia/Kolkata", from: "2026-11-21", to: "2026-11-20T19:00:00.000Z" },
  ])("$name", ({ choice, compare = previous, at = "2026-11-21T14:22:31Z", zone = "UTC", from, to }) => {
    expect(comparedStretch(choice, compare, new Date(at), zone)).toEqual({ from, to });
  }); // prettier-ignore

  it.each<{ name: string; choice: RangeChoice; compare: CompareChoice; at?: string }>([
    { name: "nothing is asked", choice: "7d", compare: { ...previous, mode: "off" } },
    { name: "there is no before", choice: "all", compare: previous },
    {
      name: "today has only begun",
      choice: "today",
      compare: previous,
      at: "2026-11-21T00:07:00Z",
    },
  ])("null where $name", ({ choice, compare, at = "2026-11-21T14:22:31Z" }) =>
    expect(comparedStretch(choice, compare, new Date(at), "UTC")).toBeNull(),
  );

  it("takes one's own days as they are", () => {
    const custom = { from: "2026-01-01", to: "2026-02-01" };
    expect(comparedStretch("7d", { mode: "custom", matchWeekday: true, custom }, new Date(), "UTC")).toEqual(
      custom,
    );
  });

  it("never meets the range itself, through a year of changing clocks", () => {
    const zones = ["America/New_York", "Australia/Lord_Howe"];
    const choices: RangeChoice[] = ["24h", "7d", "mtd"];
    for (const zone of zones) {
      for (let step = 0; step < 365; step += 2) {
        const now = new Date(Date.parse("2026-01-01T00:00:00Z") + step * 86_400_000 + (step % 96) * 900_000);
        for (const choice of choices) {
          for (const compare of [previous, byWeekday(previous), year]) {
            const other = comparedStretch(choice, compare, now, zone);
            if (!other) continue;
            const { from } = stretchOf(choice, now, zone);
            const at = (moment: string) =>
              moment.length === 10 ? startOfDay(moment, zone).getTime() : Date.parse(moment);
            expect(
              at(other.to),
              `${zone} ${now.toISOString()} ${JSON.stringify(choice)}`,
            ).toBeLessThanOrEqual(at(from));
            expect(at(other.to)).toBeGreaterThan(at(other.from));
            expect(at(other.to) % 900_000).toBe(0);
          }
        }
      }
    }
  }, 30_000);
});
