import { expect, it } from "vitest";
import { evidenceOf, type FeatureFacts, nothingCounted } from "./evidence";

const month = (first: string, uses: number | null, isPartial = false): FeatureFacts["months"][number] => ({
  month: first,
  counted: uses === null ? null : { ...nothingCounted, requests: uses },
  isPartial,
});
const ratioOf = (...months: FeatureFacts["months"]) =>
  evidenceOf({
    feature: "chat",
    months,
    totalUsd: "0",
    setting: null,
    events: new Map(),
    forecast: null,
    firstUsedOn: null,
    kin: new Map(),
    shared: [],
    dearest: null,
  }).usesRatio;

it.each([
  ["against the mean of the two before", [month("2026-08-01", 30), month("2026-09-01", 10), month("2026-10-01", 10)], "0.5"],
  ["not when one of them is not known", [month("2026-08-01", null), month("2026-09-01", 10), month("2026-10-01", 10)], null],
  ["nor when one is known in part", [month("2026-08-01", 3, true), month("2026-09-01", 10), month("2026-10-01", 10)], null],
  ["nor where both were without a use", [month("2026-08-01", 0), month("2026-09-01", 0), month("2026-10-01", 10)], null],
])("a month's uses are held %s", (_name, months, ratio) => {
  const told = ratioOf(...months);
  expect(told === null ? null : Number(told)).toBe(ratio === null ? null : Number(ratio));
}); // prettier-ignore
