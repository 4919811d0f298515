import { describe, expect, it } from "vitest";
import { PriceBook } from "./book";
import type { PriceVersion } from "./price-version";

const at = (text: string) => new Date(text);

function version(id: string, some: Partial<PriceVersion> = {}): PriceVersion {
  return {
    id,
    provider: "p",
    model: "m",
    validFrom: null,
    validTo: null,
    dailyFrom: null,
    dailyTo: null,
    knownFrom: at("2026-01-01T00:00:00Z"),
    source: "test",
    sourceVersion: "1",
    rates: [{ service: "standard", unit: "fresh_input", tierStart: 0, usd: "1", per: 1_000_000 }],
    ...some,
  };
}

const march = at("2026-03-01T00:00:00Z");
const dated = [version("old", { validTo: march }), version("new", { validFrom: march })];
const corrected = [
  ...dated,
  version("correction", { validFrom: march, knownFrom: at("2026-05-01T00:00:00Z") }),
];
const daily = [
  version("day", { dailyFrom: "00:30:00", dailyTo: "16:30:00" }),
  version("night", { dailyFrom: "16:30:00", dailyTo: "00:30:00" }),
];

const cases: [name: string, versions: PriceVersion[], instant: string, found: string | null][] = [
  ["the last millisecond before a change", dated, "2026-02-28T23:59:59.999Z", "old"],
  ["the first of the change", dated, "2026-03-01T00:00:00.000Z", "new"],
  ["a correction known later holds for the past too", corrected, "2026-03-15T00:00:00Z", "correction"],
  ["… but not before it is valid", corrected, "2026-02-15T00:00:00Z", "old"],
  ["before the first validity", [version("new", { validFrom: march })], "2026-02-28T23:59:59.999Z", null],
  ["after the last", [version("old", { validTo: march })], "2026-03-01T00:00:00Z", null],
  ["the last moment of the night", daily, "2026-03-01T00:29:59.999Z", "night"],
  ["the first of the day", daily, "2026-03-01T00:30:00.000Z", "day"],
  ["the first of the evening", daily, "2026-03-01T16:30:00.000Z", "night"],
  ["midnight", daily, "2026-03-01T00:00:00.000Z", "night"],
  ["before 1970 clocks run the same way", daily, "1969-12-31T12:00:00.000Z", "day"],
];

describe("PriceBook", () => {
  it.each(cases)("%s", (_name, versions, instant, found) => {
    for (const order of [versions, [...versions].reverse()]) {
      const book = new PriceBook(order, "test");
      expect(book.lookup("p", "m", at(instant))?.versionId ?? null).toBe(found);
    }
  });

  it("knows only its own models, and every version by its id", () => {
    const book = new PriceBook(corrected, "test");
    expect(book.lookup("p", "other", march)).toBeNull();
    expect(book.lookup("other", "m", march)).toBeNull();
    expect(book.version("old")?.versionId).toBe("old");
    expect(book.find("correction")).toBe(corrected[2]);
    expect([book.version("none"), book.find("none")]).toEqual([null, null]);
    expect(book.size).toBe(3);
  });
});
