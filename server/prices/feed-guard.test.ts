import { describe, expect, it } from "vitest";
import { refusalOf } from "./feed-guard";
import type { NewPriceVersion, PriceVersion } from "./price-version";

function version(model: string, usd = "2", some: Partial<PriceVersion> = {}): PriceVersion {
  return {
    id: model, provider: "p", model, validFrom: null, validTo: null, dailyFrom: null, dailyTo: null, source: "s", sourceVersion: "1",
    knownFrom: new Date("2026-01-01T00:00:00Z"), rates: [{ service: "standard", unit: "fresh_input", tierStart: 0, usd, per: 1_000_000 }], ...some,
  }; // prettier-ignore
}
const models = (count: number, usd?: string) =>
  Array.from({ length: count }, (_, at) => version(`m${String(at)}`, usd));
const known = models(10);

const cases: [string, NewPriceVersion[], RegExp | null][] = [
  ["the same list", known, null],
  ["one model more", [...known, version("new")], null],
  ["four of five models", known.slice(0, 8), null],
  ["fewer", known.slice(0, 7), /^Only 7 of the 10 models/],
  ["as many, but others", models(20).slice(10), /^Only 0 of/],
  ["nothing", [], /^Only 0 of/],
  ["a price 99 times as high", [...known.slice(1), version("m0", "198")], null],
  ["a price 100 times as high", [...known.slice(1), version("m0", "200")], /m0 would go from \$2 to \$200/],
  ["a price 100 times as low", [...known.slice(1), version("m0", "0.02")], /would go from \$2 to \$0.02/],
  ["a price of 0", [...known.slice(1), version("m0", "0")], /would go from \$2 to \$0/],
  [
    "the same price in another unit",
    [...known.slice(1), version("m0", "2", { rates: [{ service: "standard", unit: "fresh_input", tierStart: 0, usd: "0.000002", per: 1 }] })], // prettier-ignore
    null,
  ],
  [
    "a price per million that stands there as if for one",
    [...known.slice(1), version("m0", "2", { rates: [{ service: "standard", unit: "fresh_input", tierStart: 0, usd: "2", per: 1 }] })], // prettier-ignore
    /would go from/,
  ],
];

describe("refusalOf", () => {
  it.each(cases)("%s", (_name, listed, refusal) => {
    const found = refusalOf(known, listed);
    if (refusal === null) expect(found).toBeNull();
    else expect(found).toMatch(refusal);
  });

  it("compares with the price that is known last, and takes anything for a first list", () => {
    const later = version("m0", "150", { knownFrom: new Date("2026-02-01T00:00:00Z") });
    expect(refusalOf([later, ...known], [...known.slice(1), version("m0", "200")])).toBeNull();
    expect(refusalOf([], known)).toBeNull();
    expect(refusalOf([version("m0", "0")], [version("m0", "0")])).toBeNull();
  });
});
