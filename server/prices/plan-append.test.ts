import { describe, expect, it } from "vitest";
import { PriceBook } from "./book";
import { planAppend } from "./plan-append";
import type { NewPriceVersion, PriceVersion } from "./price-version";

const now = new Date("2026-08-22T10:00:00Z");
const day = (date: string) => new Date(`${date}T00:00:00Z`);

function version(usd: string, validity: Partial<NewPriceVersion> = {}): NewPriceVersion {
  return {
    provider: "openai",
    model: "m",
    validFrom: null,
    validTo: null,
    dailyFrom: null,
    dailyTo: null,
    source: "genai-prices",
    sourceVersion: "1",
    rates: [{ service: "standard", unit: "fresh_input", tierStart: 0, usd, per: 1_000_000 }],
    ...validity,
  };
}

let ids = 0;
const known = (from: NewPriceVersion, knownFrom = "2026-01-01"): PriceVersion => ({
  ...from,
  id: `v${String((ids += 1))}`,
  knownFrom: day(knownFrom),
});

const window = (dailyFrom: string, dailyTo: string) => ({ dailyFrom, dailyTo });
const flat = version("3");
const cheaper = version("2");

const cases: [
  name: string,
  known: PriceVersion[],
  snapshot: NewPriceVersion[],
  appended: NewPriceVersion[],
][] = [
  ["an empty book learns everything as it is listed", [], [flat], [flat]],
  ["nothing new", [known(flat)], [flat], []],
  ["a new release with the same rates", [known(flat)], [{ ...flat, sourceVersion: "2" }], []],
  ["an undated change holds from now", [known(flat)], [cheaper], [version("2", { validFrom: now })]],
  [
    "… and is known afterwards",
    [known(flat), known(version("2", { validFrom: day("2026-08-01") }), "2026-08-01")],
    [cheaper],
    [],
  ],
  [
    "a dated change that arrives late reaches back to its date",
    [known(flat)],
    [version("3", { validTo: day("2026-08-21") }), version("4", { validFrom: day("2026-08-21") })],
    [version("4", { validFrom: day("2026-08-21") })],
  ],
  [
    "a rise announced for later",
    [known(flat)],
    [version("3", { validTo: day("2026-09-01") }), version("4", { validFrom: day("2026-09-01") })],
    [version("4", { validFrom: day("2026-09-01") })],
  ],
  [
    "an announced rise that was cancelled",
    [
      known(version("3", { validTo: day("2026-09-01") })),
      known(version("4", { validFrom: day("2026-09-01") })),
    ],
    [flat],
    [version("3", { validFrom: now })],
  ],
  [
    "a listed past is not rewritten",
    [
      known(version("3", { validTo: day("2026-08-01") })),
      known(version("4", { validFrom: day("2026-08-01") })),
    ],
    [version("9", { validTo: day("2026-08-01") }), version("4", { validFrom: day("2026-08-01") })],
    [],
  ],
  [
    "prices by the time of day, unchanged",
    [
      known(version("1", window("16:30:00", "00:30:00"))),
      known(version("2", window("00:30:00", "16:30:00"))),
    ],
    [version("1", window("16:30:00", "00:30:00")), version("2", window("00:30:00", "16:30:00"))],
    [],
  ],
  [
    "prices by the time of day, abolished",
    [
      known(version("1", window("16:30:00", "00:30:00"))),
      known(version("2", window("00:30:00", "16:30:00"))),
    ],
    [version("2")],
    [version("2", { validFrom: now })],
  ],
  [
    "another tier",
    [known(flat)],
    [
      {
        ...flat,
        rates: [
          ...flat.rates,
          { service: "standard", unit: "fresh_input", tierStart: 200_001, usd: "6", per: 1_000_000 },
        ],
      },
    ],
    [
      {
        ...flat,
        validFrom: now,
        rates: [
          ...flat.rates,
          { service: "standard", unit: "fresh_input", tierStart: 200_001, usd: "6", per: 1_000_000 },
        ],
      },
    ],
  ],
  [
    "a model that the list dropped keeps its rates",
    [known(flat)],
    [{ ...flat, model: "n" }],
    [{ ...flat, model: "n" }],
  ],
];

describe("planAppend", () => {
  it.each(cases)("%s", (_name, book, snapshot, appended) => {
    expect(planAppend(book, snapshot, now)).toEqual(appended);
  });

  it.each(cases)("leaves nothing to append once appended: %s", (_name, book, snapshot, appended) => {
    const after = [...book, ...appended.map((added) => ({ ...known(added), knownFrom: now }))];
    expect(planAppend(after, snapshot, new Date("2026-08-23T10:00:00Z"))).toEqual([]);
  });

  it("never changes what the book said of the past of an undated change", () => {
    const before = known(flat);
    const after = planAppend([before], [cheaper], now).map((added) => ({ ...known(added), knownFrom: now }));
    const book = new PriceBook([before, ...after], "test");
    expect(book.lookup("openai", "m", new Date(now.getTime() - 1))?.versionId).toBe(before.id);
    expect(book.lookup("openai", "m", now)?.versionId).toBe(after[0]?.id);
  });
});
