import { expect, it } from "vitest";
import { featureFacts, type MadeHour, office } from "@/tests/factories/alert-facts";
import { usualParams } from "../schemas";
import type { FeatureFacts } from "../series";
import { dayOverMean } from "./day-over-mean";

const params = usualParams("day-over-mean");
const noon = new Date("2026-11-18T12:00:00Z");
const month = 30 * 24;
const days = (today: number, before: number, history = month) =>
  featureFacts(noon, history, ({ daysBack }) => (daysBack === 0 ? today : before));
const monday = new Date("2026-11-16T15:00:00Z");
const saturday = new Date("2026-11-21T15:00:00Z");
const asIfFriday = (hour: MadeHour): MadeHour => (hour.daysBack === 0 ? { ...hour, weekday: 5 } : hour);
const midnight = new Date("2026-11-19T00:00:00Z");
const inKolkata = new Date("2026-11-18T06:30:00Z");

it.each<[string, FeatureFacts, Date, string | null | undefined]>([
  ["150 % of the same part of the days before", days(1.5, 1), noon, undefined],
  ["more than 150 %", days(1.51, 1), noon, "12"],
  ["more, by less than the minimum of dollars", days(0.82, 0.41), noon, undefined],
  ["more, by the minimum of dollars", days(0.84, 0.42), noon, "5.04"],
  ["a feature of mornings: the part is compared with the part", featureFacts(noon, month, ({ hour }) => (hour < 12 ? 2 : 0)), noon, undefined],
  ["a feature of afternoons that has moved to the morning", featureFacts(noon, month, ({ hour, daysBack }) => (daysBack === 0 || hour >= 12 ? 2 : 0)), noon, "0"],
  ["a Monday after a weekend", featureFacts(monday, month, (hour) => office(hour, 8)), monday, undefined],
  ["a Saturday as dear as a working day: no more than the week's mean", featureFacts(saturday, month, (hour) => office(asIfFriday(hour), 20)), saturday, undefined],
  ["a Saturday twice as dear as a working day", featureFacts(saturday, month, (hour) => office(asIfFriday(hour), hour.daysBack === 0 ? 40 : 20)), saturday, "116"],
  ["a whole day, at its end", featureFacts(midnight, month, ({ daysBack }) => (daysBack === 0 ? 2 : 1)), midnight, "24"],
  ["a day of Kolkata, which begins at half past", featureFacts(inKolkata, month, ({ daysBack }) => (daysBack === 0 ? 2 : 1), "Asia/Kolkata"), inKolkata, "12"],
  ["two days of history: below the floor", days(8.3, 1, 60), noon, undefined],
  ["two days of history: at the floor", days(8.4, 1, 60), noon, null],
  ["a feature born today, at the floor", days(8.4, 0, 12), noon, null],
  ["a feature that stopped", days(0, 1), noon, undefined],
])("%s", (_case, facts, at, expected) => {
  expect(dayOverMean(facts, params, at)?.expected).toBe(expected);
}); // prettier-ignore

it("names the day, however far it has come", () => {
  expect(dayOverMean(days(3, 1), params, noon)).toMatchObject({
    window: { from: new Date("2026-11-18T00:00:00Z"), to: noon },
    compare: { from: new Date("2026-11-11T00:00:00Z"), to: new Date("2026-11-11T12:00:00Z") },
    actual: "36",
    impactUsd: "24",
    sentence: "chat cost $36.00 today so far, 300 % of the $12.00 that it usually costs until this hour.",
  });
});
