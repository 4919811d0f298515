import { describe, expect, it } from "vitest";
import { perMillion, preparePriceSteps, type PriceStretch } from "./prepare-price-steps";

const now = new Date("2026-11-21T12:00:00Z");
const price = (input: string, output: string, factor = "1", per = 1_000_000) => ({
  factor,
  rates: [
    { service: "standard", unit: "fresh_input", tierStart: 0, usd: input, per },
    { service: "standard", unit: "fresh_input", tierStart: 200_001, usd: "99", per },
    { service: "batch", unit: "visible_output", tierStart: 0, usd: "1", per },
    { service: "standard", unit: "visible_output", tierStart: 0, usd: output, per },
  ],
});

describe("perMillion", () => {
  it.each([
    { name: "the list's rate", of: price("2.5", "10"), usd: "2.5" },
    { name: "with a discount", of: price("2.5", "10", "0.88"), usd: "2.2" },
    { name: "told for other quantities", of: price("0.0025", "0.01", "1", 1_000), usd: "2.5" },
    { name: "nobody knows", of: null, usd: null },
  ])("is $name", ({ of, usd }) => {
    expect(perMillion(of, "fresh_input")).toBe(usd);
  });
});

describe("preparePriceSteps", () => {
  const stretches: PriceStretch[] = [
    { from: null, to: "2026-10-01T00:00:00Z", price: null },
    { from: "2026-10-01T00:00:00Z", to: "2026-12-01T00:00:00Z", price: price("2.5", "10") },
    { from: "2026-12-01T00:00:00Z", to: null, price: price("3", "12") },
  ];
  const days = preparePriceSteps(stretches, now, "UTC");
  const on = (label: string) => days.find((day) => day.label === label);

  it("shows half a year back, and a fortnight beyond the last announced change", () => {
    expect([days[0]?.label, days.at(-1)?.label]).toEqual(["25 May 2026", "15 Dec 2026"]);
  });

  it("steps on the day of the change, and leaves a gap where nobody knew a price", () => {
    expect([on("30 Sep 2026")?.Input, on("1 Oct 2026")?.Input]).toEqual([undefined, 2.5]);
    expect([on("30 Nov 2026")?.outputUsd, on("1 Dec 2026")?.outputUsd]).toEqual(["10", "12"]);
  });

  it("ends today when nothing is announced", () => {
    const last = preparePriceSteps(stretches.slice(0, 2), now, "UTC").at(-1);
    expect([last?.label, last?.isToday]).toEqual(["21 Nov 2026", true]);
  });

  it("knows today", () => {
    expect(days.filter((day) => day.isToday).map((day) => day.label)).toEqual(["21 Nov 2026"]);
  });
});
