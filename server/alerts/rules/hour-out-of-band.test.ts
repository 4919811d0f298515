import { expect, it } from "vitest";
import { featureFacts, office } from "@/tests/factories/alert-facts";
import { usualParams } from "../schemas";
import type { FeatureFacts } from "../series";
import { hourOutOfBand } from "./hour-out-of-band";

const params = usualParams("hour-out-of-band");
const noon = new Date("2026-11-18T12:00:00Z");
const month = 30 * 24;
/** This hour, and what all others cost. */
const among = (usd: number, others: number, history = month) =>
  featureFacts(noon, history, ({ back }) => (back === 0 ? usd : others));

const mondayAtTen = new Date("2026-11-16T10:00:00Z");
const oneOclock = new Date("2026-11-18T02:00:00Z");
const atOne = (usd: number) =>
  featureFacts(oneOclock, month, ({ hour, back }) => (hour === 1 ? (back === 0 ? usd : 20) : 0));
// The clocks of New York were set back on 1 November.
const afterChange = new Date("2026-11-03T15:00:00Z");

it.each<[string, FeatureFacts, Date, string | null | undefined]>([
  ["at the edge of an even past (a deviation is a quarter of the mean at least)", among(17.5, 10), noon, undefined],
  ["beyond it", among(17.51, 10), noon, "10"],
  ["hardly any variance: no million of sigmas", featureFacts(noon, month, ({ back }) => (back === 0 ? 12 : 10 + (back % 2) * 1e-6)), noon, undefined],
  ["itself no part of what it is compared with", among(1_000, 10), noon, "10"],
  ["one more than expected by less than the minimum of dollars", among(2.99, 0.001), noon, undefined],
  ["by the minimum of dollars", among(3.01, 0.001), noon, "0.001"],
  ["a batch of each night", atOne(20), oneOclock, undefined],
  ["a batch of each night that costs half as much again", atOne(30), oneOclock, undefined],
  ["a batch of each night that costs thrice as much", atOne(60), oneOclock, "11.111111"],
  ["an hour that is idle at other times, and hours are idle: they count as zeros", featureFacts(noon, month, ({ back, hour }) => (back === 0 || hour === 1 ? 20 : 0)), noon, "0.833333"],
  ["a Monday morning after a weekend", featureFacts(mondayAtTen, month, (hour) => office(hour, 8)), mondayAtTen, undefined],
  ["the same hour of the wall clock after clocks were changed", featureFacts(afterChange, month, ({ hour }) => (hour === 9 ? 20 : 0), "America/New_York"), afterChange, undefined],
  ["two days of history: below the floor", among(24.99, 1, 48), noon, undefined],
  ["two days of history: at the floor", among(25, 1, 48), noon, null],
  ["a feature born this hour: below the floor", among(24.99, 0, 1), noon, undefined],
  ["a feature born this hour: at the floor", among(25, 0, 1), noon, null],
  ["six days of history are no baseline", among(20, 1, 6 * 24), noon, undefined],
  ["seven are one", among(20, 1, 7 * 24 + 13), noon, "1"],
  ["a feature that stopped", among(0, 10), noon, undefined],
  ["a feature that was silent for two months and comes back", featureFacts(noon, 70 * 24, ({ back, daysBack }) => (back === 0 || daysBack > 60 ? 20 : 0)), noon, undefined],
])("%s", (_case, facts, at, expected) => {
  const found = hourOutOfBand(facts, params, at);
  expect(found?.expected).toBe(expected);
}); // prettier-ignore

it("tells the hour, the excess and what it comes to by the end of the month", () => {
  expect(hourOutOfBand(among(30, 10), params, noon)).toMatchObject({
    subject: { kind: "feature", key: "chat" },
    window: { from: new Date("2026-11-18T11:00:00Z"), to: noon },
    compare: { from: new Date("2026-11-11T11:00:00Z"), to: new Date("2026-11-11T12:00:00Z") },
    actual: "30",
    impactUsd: "20",
    // Twelve days and a half are left, of 24 such hours each.
    monthEndUsd: "6000",
    basis: "final",
    sentence: "chat cost $30.00 within an hour; such hours usually cost $10.00, and at most $17.50.",
  });
});
