import { expect, it } from "vitest";
import { featureFacts, office } from "@/tests/factories/alert-facts";
import { usualParams } from "../schemas";
import type { FeatureFacts } from "../series";
import { weekOverWeek } from "./week-over-week";

const params = usualParams("week-over-week");
const midnight = new Date("2026-11-19T00:00:00Z");
const month = 30 * 24;
/** Dollars an hour in these seven days, and before. */
const weeks = (last: number, before: number, history = month) =>
  featureFacts(midnight, history, ({ daysBack }) => (daysBack < 7 ? last : before));

it.each<[string, FeatureFacts, string | null | undefined]>([
  ["as much as the week before", weeks(1, 1), undefined],
  ["30 % more", weeks(1.3, 1), undefined],
  ["more than 30 % more", weeks(1.301, 1), "168"],
  ["twice as much, but less than the minimum of dollars", weeks(0.03, 0.015), undefined],
  ["less", weeks(0.5, 1), undefined],
  ["working days and weekends", featureFacts(midnight, month, (hour) => office(hour, 5)), undefined],
  ["working days and weekends, half as dear again since Thursday", featureFacts(midnight, month, (hour) => office(hour, hour.daysBack < 7 ? 7.5 : 5)), "296.3"],
  ["thirteen days of history: no whole week before, below the floor", weeks(1.4, 0.1, 13 * 24), undefined],
  ["thirteen days of history: at the floor", weeks(1.5, 0.1, 13 * 24), null],
  ["fourteen", weeks(1.4, 0.1, 14 * 24), "16.8"],
  ["a feature born yesterday, below the floor", weeks(10.4, 0, 24), undefined],
  ["a feature born yesterday, at the floor", weeks(10.5, 0, 24), null],
  ["a feature that stopped", weeks(0, 1), undefined],
  ["a feature that stopped and has come back: below the floor", featureFacts(midnight, month, ({ daysBack }) => (daysBack >= 7 && daysBack < 14 ? 0 : 1)), undefined],
])("%s", (_case, facts, expected) => {
  expect(weekOverWeek(facts, params, midnight)?.expected).toBe(expected);
}); // prettier-ignore

it("tells both weeks, and the month's end", () => {
  expect(weekOverWeek(weeks(2, 1), params, midnight)).toMatchObject({
    window: { from: new Date("2026-11-12T00:00:00Z"), to: midnight },
    compare: { from: new Date("2026-11-05T00:00:00Z"), to: new Date("2026-11-12T00:00:00Z") },
    expected: "168",
    actual: "336",
    impactUsd: "168",
    // A seventh of it for each of the twelve days that are left.
    monthEndUsd: "288",
    sentence: "chat cost $336.00 in the last seven days, 100 % more than in the seven before ($168.00).",
  });
});
