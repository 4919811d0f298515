import { expect, it } from "vitest";
import { featureFacts, office } from "@/tests/factories/alert-facts";
import { usualParams } from "../schemas";
import type { FeatureFacts } from "../series";
import { spike } from "./spike";

const params = usualParams("spike");
const now = new Date("2026-11-18T12:20:00Z");
const month = 30 * 24;
const among = (usd: number, others: number, history = month) =>
  featureFacts(now, history, ({ back }) => (back === 0 ? usd : others));
const night = new Date("2026-11-18T01:40:00Z");
const mondayAtTen = new Date("2026-11-16T10:59:00Z");

it.each<[string, FeatureFacts, Date, string | null | undefined]>([
  ["three times the mean hour", among(30, 10), now, undefined],
  ["more than three times", among(30.1, 10), now, "10"],
  ["more, by less than the minimum of dollars", among(5.9, 1), now, undefined],
  ["more, by the minimum of dollars", among(6, 1), now, "1"],
  ["a batch of each night", featureFacts(night, month, ({ hour }) => (hour === 1 ? 20 : 0)), night, undefined],
  ["a Monday morning after a weekend", featureFacts(mondayAtTen, month, (hour) => office(hour, 8)), mondayAtTen, undefined],
  ["two days of history: below the floor", among(24.99, 0.1, 48), now, undefined],
  ["two days of history: at the floor", among(25, 0.1, 48), now, null],
  ["a feature that stopped", among(0, 10), now, undefined],
  ["nothing but zeros before, in a feature that is known", featureFacts(now, month, ({ back, daysBack }) => (back === 0 || daysBack === 29 ? 6 : 0)), now, "0"],
])("%s", (_case, facts, at, expected) => {
  expect(spike(facts, params, at)?.expected).toBe(expected);
}); // prettier-ignore

it("is of the running hour, and provisional", () => {
  expect(spike(among(40, 10), params, now)).toMatchObject({
    severity: "critical",
    basis: "provisional",
    window: { from: new Date("2026-11-18T12:00:00Z"), to: new Date("2026-11-18T13:00:00Z") },
    sentence: "chat has cost $40.00 this hour, 4 × what such hours cost ($10.00).",
  });
});

it("judges the hour before at its end", () => {
  const end = new Date("2026-11-18T12:00:00Z");
  expect(
    spike(
      featureFacts(end, month, ({ back }) => (back === 0 ? 40 : 10)),
      params,
      end,
    )?.window.to,
  ).toEqual(end);
});
