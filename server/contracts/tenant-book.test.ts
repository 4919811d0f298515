import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { otherValue } from "@/server/calls/tag-caps";
import { PriceBook } from "@/server/prices/book";
import { type Bucket, buckets } from "@/server/prices/buckets";
import { Usd } from "@/server/prices/decimal";
import type { PriceRate, PriceVersion } from "@/server/prices/price-version";
import type { Service } from "@/server/prices/service";
import type { ContractVersion, PriceRule } from "./contract";
import { type ExplainableCall, explainStored } from "./explain-stored";
import { priceStored } from "./price-stored";
import { type CallFacts, TenantBook, type TenantPricedCall } from "./tenant-book";

const at = (text: string) => new Date(text);
const long = at("2026-01-01T00:00:00Z");
const noon = at("2026-06-15T12:00:00Z");

const rate = (usd: string, service: Service = "standard", unit = "fresh_input", tierStart = 0): PriceRate => ({
  service, unit, tierStart, usd, per: 1_000_000,
}); // prettier-ignore
const both = (usd: string, service: Service = "standard") => [
  rate(usd, service),
  rate(usd, service, "visible_output"),
];

let ids = 0;
const nextId = () => `id${String(++ids).padStart(6, "0")}`;
const dates = { validFrom: null, validTo: null, knownFrom: long };
const listed = (usd: string, some: Partial<PriceVersion> = {}): PriceVersion => ({
  id: nextId(), provider: "openai", model: "gpt-4o", ...dates, dailyFrom: null, dailyTo: null, source: "genai-prices", sourceVersion: "1", rates: both(usd), ...some,
}); // prettier-ignore
const said = { ...dates, setBy: "somebody", note: "", withdrawnFrom: null };
const contract = (usd: string, some: Partial<ContractVersion> = {}): ContractVersion => ({
  id: nextId(), provider: "openai", model: "gpt-4o", feature: null, region: null, ...said, rates: both(usd), ...some,
}); // prettier-ignore
const rule = (factor: string, some: Partial<PriceRule> = {}): PriceRule => ({
  id: nextId(), provider: null, model: null, factor, ...said, ...some,
}); // prettier-ignore

const none = Object.fromEntries(buckets.map((bucket) => [bucket, 0])) as Record<Bucket, number>;
const call = (some: Partial<CallFacts> = {}): CallFacts => ({
  kind: "llm", provider: "openai", model: "gpt-4o", feature: null, region: null, errorClass: null, occurredAt: noon,
  units: { ...none, freshInputTokens: 1_000_000 }, otherUnits: {}, billed: "yes", cache: "none", batch: false, serviceTier: null, reportedCostUsd: null, ...some,
}); // prettier-ignore
const bookOf = (versions: PriceVersion[], contracts: ContractVersion[] = [], rules: PriceRule[] = []) =>
  new TenantBook(new PriceBook(versions, "test"), { contracts, rules });

type Case = [
  name: string,
  book: TenantBook,
  some: Partial<CallFacts>,
  costUsd: string | null,
  layer: string | null,
];
const list = listed("10");
const layers: Case[] = [
  ["the list", bookOf([list]), {}, "10", "list"],
  ["nobody", bookOf([]), {}, null, null],
  ["a contract before everything", bookOf([list, listed("9", { source: "platform" })], [contract("7")], [rule("0.5")]), {}, "7", "contract"],
  ["staff's rates before the list, though known earlier", bookOf([listed("9", { source: "platform" }), listed("10", { knownFrom: noon })]), {}, "9", "platform"],
  ["LiteLLM where the list has nothing", bookOf([listed("8", { source: "litellm" })]), {}, "8", "litellm"],
  ["LiteLLM after the list, though known later", bookOf([list, listed("8", { source: "litellm-live", knownFrom: noon })]), {}, "10", "list"],
  ["a discount on the list", bookOf([list], [], [rule("0.88")]), {}, "8.8", "list"],
  ["a discount on staff's rates", bookOf([listed("9", { source: "platform" })], [], [rule("0.5")]), {}, "4.5", "platform"],
  ["a discount on LiteLLM's", bookOf([listed("8", { source: "litellm" })], [], [rule("0.5")]), {}, "4", "litellm"],
  ["no discount on nothing", bookOf([], [], [rule("0.5")]), {}, null, null],
  ["a discount of the provider before one of all, and not both", bookOf([list], [], [rule("0.9"), rule("0.8", { provider: "openai" })]), {}, "8", "list"],
  ["a discount of the model before both", bookOf([list], [], [rule("0.9"), rule("0.8", { provider: "openai" }), rule("0.7", { provider: "openai", model: "gpt-4o" })]), {}, "7", "list"],
  ["… also of the model as it was sent", bookOf([list], [], [rule("0.7", { provider: "openai", model: "gpt-4o-2024-08-06" })]), { model: "gpt-4o-2024-08-06" }, "7", "list"],
  ["another provider's discount is none", bookOf([list], [], [rule("0.8", { provider: "anthropic" })]), {}, "10", "list"],
  ["of two like discounts the one known last", bookOf([list], [], [rule("0.8", { knownFrom: noon }), rule("0.9")]), {}, "8", "list"],
  ["of two contracts the one known last", bookOf([], [contract("5", { knownFrom: noon }), contract("6")]), {}, "5", "contract"],
  ["a contract for the feature before the general one", bookOf([], [contract("6", { knownFrom: noon }), contract("5", { feature: "chat" })]), { feature: "chat" }, "5", "contract"],
  ["… but for no other feature", bookOf([], [contract("6"), contract("5", { feature: "chat" })]), { feature: "search" }, "6", "contract"],
  ["… nor for calls without one", bookOf([list], [contract("5", { feature: "chat" })]), {}, "10", "list"],
  ["a contract for the region", bookOf([], [contract("6"), contract("5", { region: "eu" })]), { region: "eu" }, "5", "contract"],
  ["feature and region before feature", bookOf([], [contract("4", { feature: "chat", region: "eu" }), contract("5", { feature: "chat", knownFrom: noon })]), { feature: "chat", region: "eu" }, "4", "contract"],
  ["feature before region", bookOf([], [contract("4", { region: "eu", knownFrom: noon }), contract("5", { feature: "chat" })]), { feature: "chat", region: "eu" }, "5", "contract"],
  ["a contract for a model that no list knows", bookOf([], [contract("3", { provider: "in-house", model: "router-7b" })]), { provider: "In-House ", model: " Router-7B" }, "3", "contract"],
  ["… whose name repeats the provider", bookOf([], [contract("3", { provider: "in-house", model: "router-7b" })]), { provider: "in-house", model: "in-house/router-7b" }, "3", "contract"],
  ["a contract for the list's name holds for its spellings", bookOf([list], [contract("3")]), { provider: "azure.ai.openai", model: "gpt-4o-2024-08-06" }, "3", "contract"],
  ["a contract for the name as sent before the list's", bookOf([list], [contract("3", { knownFrom: noon }), contract("2", { model: "gpt-4o-2024-08-06" })]), { model: "gpt-4o-2024-08-06" }, "2", "contract"],
  ["a withdrawn contract counts no more", bookOf([list], [contract("3", { withdrawnFrom: noon })]), {}, "10", "list"],
  ["a withdrawn discount counts no more", bookOf([list], [], [rule("0.5", { withdrawnFrom: noon }), rule("0.9")]), {}, "9", "list"],
  ["a contract that ended", bookOf([list], [contract("3", { validTo: noon })]), {}, "10", "list"],
  ["a contract that begins now", bookOf([list], [contract("3", { validFrom: noon })]), {}, "3", "contract"],
  ["a contract's batch at half, estimated", bookOf([list], [contract("3")]), { batch: true }, "1.5", "contract"],
  ["a contract's own batch rate", bookOf([list], [contract("3", { rates: [...both("3"), ...both("1.2", "batch")] })]), { batch: true }, "1.2", "contract"],
  ["a free model, because a contract says so", bookOf([list], [contract("0")]), {}, "0", "contract"],
]; // prettier-ignore

describe("whose word a price is", () => {
  it.each(layers)("%s", (_name, book, some, costUsd, layer) => {
    expect(book.price(call(some)).costUsd).toBe(costUsd);
    expect(book.rates(call(some))?.layer ?? null).toBe(layer);
  });
});

const litellm = listed("10", {
  source: "litellm",
  rates: [...both("10"), ...both("4", "flex"), ...both("20", "priority"), ...both("5.5", "batch")],
});
const services: [string, TenantBook, Partial<CallFacts>, string, string, string][] = [
  ["standard from the list", bookOf([list, litellm]), { serviceTier: "default" }, "10", "priced", "list"],
  ["flex from LiteLLM", bookOf([list, litellm]), { serviceTier: "flex" }, "4", "priced", "litellm"],
  ["priority from LiteLLM", bookOf([list, litellm]), { serviceTier: "Priority" }, "20", "priced", "litellm"],
  ["Google's spelling of priority", bookOf([list, litellm]), { serviceTier: "ON_DEMAND_PRIORITY" }, "20", "priced", "litellm"],
  ["a batch by its own rate", bookOf([list, litellm]), { batch: true }, "5.5", "priced", "litellm"],
  ["a batch named as a tier", bookOf([list, litellm]), { serviceTier: "batch" }, "5.5", "priced", "litellm"],
  ["a discount on flex", bookOf([list, litellm], [], [rule("0.5")]), { serviceTier: "flex" }, "2", "priced", "litellm"],
  ["the list's own flex rates first", bookOf([listed("10", { rates: [...both("10"), ...both("3", "flex")] }), litellm]), { serviceTier: "flex" }, "3", "priced", "list"],
  ["flex without rates", bookOf([list]), { serviceTier: "flex" }, "10", "estimated", "list"],
  ["a batch without rates", bookOf([list]), { batch: true }, "5", "estimated", "list"],
  ["LiteLLM's flex is out of date when its standard rates are", bookOf([listed("9"), litellm]), { serviceTier: "flex" }, "9", "estimated", "list"],
  ["scale tier, paid in advance", bookOf([list, litellm]), { serviceTier: "scale" }, "10", "estimated", "list"],
  ["a tier that we do not know", bookOf([list, litellm]), { serviceTier: "turbo" }, "10", "estimated", "list"],
]; // prettier-ignore

describe("the service that was bought", () => {
  it.each(services)("%s", (_name, book, some, costUsd, status, layer) => {
    expect(book.price(call(some))).toMatchObject({ costUsd, status });
    expect(book.rates(call(some))?.layer).toBe(layer);
  });

  it("borrows the tiers that a service lacks, and never becomes cheaper by them", () => {
    const tiered = (service: Service, base: string, above?: string) =>
      ["fresh_input", "visible_output"].flatMap((unit) => [
        rate(base, service, unit),
        ...(above === undefined ? [] : [rate(above, service, unit, 200_001)]),
      ]);
    const rates = [...tiered("standard", "2", "3"), ...tiered("batch", "1.1"), ...tiered("priority", "3.5")];
    const book = bookOf([listed("0", { rates })]);
    const cost = (tokens: number, some: Partial<CallFacts>) =>
      book.price(call({ units: { ...none, freshInputTokens: tokens }, ...some }));
    expect(cost(200_000, { batch: true })).toMatchObject({ costUsd: "0.22", status: "priced" });
    expect(cost(200_001, { batch: true })).toMatchObject({ costUsd: "0.3000015", status: "estimated" });
    expect(cost(200_001, { serviceTier: "priority" })).toMatchObject({
      costUsd: "0.7000035",
      status: "priced",
    });
  });
});

const others = listed("1", {
  rates: [
    ...both("1"),
    { service: "standard", unit: "web_searches", tierStart: 0, usd: "10", per: 1_000 },
    { service: "standard", unit: "audio_seconds", tierStart: 0, usd: "0.36", per: 3_600 },
  ],
});
const only = (otherUnits: Record<string, string>, some: Partial<CallFacts> = {}) =>
  call({ units: none, otherUnits, ...some });
describe("units besides tokens", () => {
  it.each<[string, CallFacts, string | null, string, string[]]>([
    ["searches beside tokens", call({ otherUnits: { web_searches: "3" } }), "1.03", "priced", []],
    ["seconds alone", only({ audio_seconds: "12.5" }), "0.00125", "priced", []],
    ["hours, which the list counts in seconds", only({ audio_hours: "0.5" }), "0.18", "priced", []],
    ["minutes too", only({ audio_minutes: "1.5" }), "0.009", "priced", []],
    [
      "seconds of a batch at half price",
      only({ audio_seconds: "3600" }, { batch: true }),
      "0.18",
      "estimated",
      [],
    ],
    ["a batch's fees are whole", only({ web_searches: "1" }, { batch: true }), "0.01", "priced", []],
    ["a unit without a rate", call({ otherUnits: { pages: "4" } }), "1", "partial", ["pages"]],
    ["nothing but a unit without a rate", only({ pages: "4" }), null, "unpriced", ["pages"]],
    ["zero of it", call({ otherUnits: { pages: "0", web_searches: "0.000" } }), "1", "priced", []],
    [
      "a bucket's unit is none of them",
      call({ otherUnits: { fresh_input: "5" } }),
      "1",
      "partial",
      ["fresh_input"],
    ],
    ["nothing at all, of a kind that is paid by the token", only({}), null, "unpriced", []],
    ["nothing at all of a model that has other units", only({}, { kind: "tool" }), null, "unpriced", []],
  ])("%s", (_name, input, costUsd, status, missing) => {
    expect(bookOf([others]).price(input)).toMatchObject({ costUsd, status, missing });
  });
});

describe("a call without any token", () => {
  it.each<[string, Partial<CallFacts>, string | null, string]>([
    ["lost its usage", {}, null, "unpriced"],
    ["lost its usage, but has an amount of its sender", { reportedCostUsd: "0.2" }, "0.2", "reported"],
    ["failed, and cost nothing", { errorClass: "timeout" }, "0", "priced"],
    ["is not paid by the token", { kind: "tool" }, "0", "priced"],
    ["was not billed", { billed: "no" }, "0", "priced"],
    ["came from a cache", { cache: "exact" }, "0", "priced"],
    ["has a quantity of zero", { otherUnits: { web_searches: "0" } }, null, "unpriced"],
    ["used a tool, whose rate is unknown", { units: { ...none, toolUnits: 1 } }, null, "unpriced"],
  ])("%s", (_name, some, costUsd, status) => {
    expect(bookOf([list]).price(call({ units: none, ...some }))).toMatchObject({ costUsd, status });
  });
});

describe("at its own time", () => {
  const rise = at("2026-06-15T09:30:00.000Z");
  const books: [string, TenantBook][] = [
    ["a list's rise", bookOf([listed("2", { validTo: rise }), listed("3", { validFrom: rise })])],
    ["a contract that ends", bookOf([listed("3")], [contract("2", { validTo: rise })])],
    ["a discount that ends", bookOf([listed("3")], [], [rule("0.666666667", { validTo: rise })])],
  ];
  it.each(books)("%s inside a day prices calls on either side, to the millisecond", (_name, book) => {
    const cost = (ms: number) => book.price(call({ occurredAt: new Date(rise.getTime() + ms) })).costUsd;
    expect(new Usd(cost(-1) ?? 0).toDecimalPlaces(6).toFixed()).toBe("2.000000".replace(/\.0+$/, ""));
    expect([cost(0), cost(1)]).toEqual(["3", "3"]);
  });
});

describe("asKnownAt", () => {
  const february = at("2026-02-01T00:00:00Z");
  const march = at("2026-03-01T00:00:00Z");
  const book = bookOf(
    [listed("10"), listed("12", { knownFrom: march })],
    [contract("7", { knownFrom: february, withdrawnFrom: march })],
    [rule("0.5", { knownFrom: march })],
  );
  const known = (text: string) => book.asKnownAt(at(text)).price(call()).costUsd;
  it("knows what was known then, and withdrawn what was withdrawn then", () => {
    expect(known("2026-01-31T23:59:59.999Z")).toBe("10");
    expect(known("2026-02-01T00:00:00.000Z")).toBe("7");
    expect(known("2026-02-28T23:59:59.999Z")).toBe("7");
    expect(known("2026-03-01T00:00:00.000Z")).toBe("6");
    expect(known("2025-12-31T00:00:00.000Z")).toBeNull();
    expect(book.price(call()).costUsd).toBe("6");
  });
});

const anyCall = fc.record<CallFacts>({
  kind: fc.constantFrom("llm", "embedding", "tool"),
  provider: fc.constantFrom("openai", "", "in-house"),
  model: fc.constantFrom("gpt-4o", "gpt-4o-2024-08-06", "router"),
  feature: fc.constantFrom(null, "chat"),
  region: fc.constantFrom(null, "eu"),
  errorClass: fc.constantFrom(null, "timeout"),
  occurredAt: fc.date({ min: long, max: at("2026-12-31T00:00:00Z"), noInvalidDate: true }),
  units: fc.record(
    Object.fromEntries(buckets.map((b) => [b, fc.oneof(fc.constant(0), fc.nat(400_000))])) as Record<Bucket, fc.Arbitrary<number>>,
  ),
  otherUnits: fc.constantFrom<Record<string, string>>({}, { web_searches: "2" }, { audio_hours: "0.25", pages: "1" }),
  billed: fc.constantFrom("yes" as const, "no" as const),
  cache: fc.constantFrom("none" as const, "exact" as const),
  batch: fc.boolean(),
  serviceTier: fc.constantFrom(null, "flex", "priority", "scale", "default"),
  reportedCostUsd: fc.constantFrom(null, "0.5"),
}); // prettier-ignore
const everything = bookOf(
  [
    others,
    listed("1", { source: "litellm", rates: [...both("1"), ...both("0.4", "flex"), ...both("2", "priority")] }),
    listed("4", { validFrom: at("2026-05-01T00:00:00Z"), rates: [...both("4"), rate("8", "standard", "fresh_input", 200_001), rate("1", "standard", "cache_read")] }),
    listed("9", { source: "platform", validFrom: at("2026-09-01T00:00:00Z"), validTo: at("2026-10-01T00:00:00Z") }),
  ],
  [
    contract("2", { feature: "chat", validFrom: at("2026-03-01T00:00:00Z"), validTo: at("2026-04-01T00:00:00Z"), note: "Pilot" }),
    contract("0.000000000000000001", { provider: "in-house", model: "router" }),
  ],
  [rule("0.88", { provider: "openai", note: "12 % off" }), rule("1.05", { validFrom: at("2026-07-01T00:00:00Z"), provider: "openai", model: "gpt-4o" })],
); // prettier-ignore

describe("of any call", () => {
  const stored = (input: CallFacts, priced: TenantPricedCall): ExplainableCall => ({
    ...input,
    costUsd: priced.costUsd === null ? null : new Usd(priced.costUsd).toFixed(18),
    priceStatus: priced.status,
    priceVersionId: priced.priceVersionId,
    priceRuleId: priced.priceRuleId,
    shareOf: null,
  });

  it("costs the same when it is priced anew from the ledger, by the book of any later moment", () => {
    fc.assert(
      fc.property(anyCall, (input) => {
        const arrived = everything.price(input);
        // As the ledger gives units back: keys in another order.
        const again = {
          ...input,
          otherUnits: Object.fromEntries(Object.entries(input.otherUnits).reverse()),
        };
        expect(priceStored(everything, again)).toEqual(arrived);
        expect(priceStored(everything.asKnownAt(at("2027-01-01T00:00:00Z")), again)).toEqual(arrived);
      }),
    );
  });

  it("is explained by what it was stored with, in every layer, and the parts are the sum", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyCall, (input) => {
        const priced = everything.price(input);
        const { lines, agrees, version } = explainStored(everything, stored(input, priced));
        expect(agrees).toBe(true);
        if (version) seen.add(version.layer);
        if (priced.costUsd === null || priced.status === "reported" || lines.length === 0) return;
        const sum = lines.reduce((total, line) => total.plus(line.costUsd), new Usd(0));
        expect(sum.toFixed()).toBe(priced.costUsd);
      }),
      { numRuns: 2_000, seed: 20_261_121 },
    );
    expect([...seen].sort()).toEqual(["contract", "list", "litellm", "platform"]);
  });

  it("never costs less for more of a bucket", () => {
    fc.assert(
      fc.property(anyCall, fc.constantFrom(...buckets), fc.nat(400_000), (input, bucket, extra) => {
        const plain = { ...input, reportedCostUsd: null };
        const less = everything.price(plain).costUsd;
        const units = { ...input.units, [bucket]: input.units[bucket] + extra };
        const more = everything.price({ ...plain, units }).costUsd;
        if (less !== null && more !== null) expect(new Usd(more).gte(less)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("explainStored", () => {
  const explained = (book: TenantBook, some: Partial<CallFacts>) => {
    const priced = book.price(call(some));
    const { costUsd, status: priceStatus, priceVersionId, priceRuleId } = priced;
    return explainStored(book, {
      ...call(some),
      costUsd,
      priceStatus,
      priceVersionId,
      priceRuleId,
      shareOf: null,
    });
  };

  it("tells the discount and its note, and writes its factor into the formula", () => {
    const book = bookOf([list], [], [rule("0.88", { provider: "openai", note: "Since July" })]);
    const { lines, notes, rule: shown } = explained(book, {});
    expect(lines[0]?.formula).toBe("1,000,000 × $10 / 1,000,000 × 0.88 = $8.8");
    expect(notes).toEqual(["List prices of openai times 0.88: “Since July”."]);
    expect(shown).toMatchObject({ factor: "0.88", note: "Since July" });
  });

  it("multiplies a discount with half the price of a batch", () => {
    const { lines, notes } = explained(bookOf([list], [], [rule("0.88")]), { batch: true });
    expect(lines[0]?.formula).toBe("1,000,000 × $10 / 1,000,000 × 0.44 = $4.4");
    expect(notes[0]).toBe("Fresh input tokens are estimated: at half price, as batches usually are.");
  });

  it("tells a contract, also one that was withdrawn after the call was priced", () => {
    const own = contract("7", { feature: "chat", region: "eu", note: "Order 12" });
    const some = { feature: "chat", region: "eu" };
    expect(explained(bookOf([list], [own]), some).notes).toEqual([
      "At your contract's rates for feature chat in region eu: “Order 12”.",
    ]);
    const { costUsd, status, priceVersionId, priceRuleId } = bookOf([list], [own]).price(call(some));
    const later = bookOf([list], [{ ...own, withdrawnFrom: noon }]);
    const row = { ...call(some), costUsd, priceStatus: status, priceVersionId, priceRuleId, shareOf: null };
    expect(explainStored(later, row)).toMatchObject({ agrees: true, version: { layer: "contract" } });
  });

  it("tells LiteLLM's rates, staff's rates, and a tier at the standard rate", () => {
    expect(explained(bookOf([litellm]), {}).notes).toEqual([
      "At LiteLLM's rates, for the first list has none for this.",
    ]);
    expect(explained(bookOf([listed("9", { source: "platform" })]), {}).notes).toEqual([
      "At rates that this installation's staff has set.",
    ]);
    expect(explained(bookOf([list]), { serviceTier: "turbo" }).notes).toEqual([
      "Fresh input tokens are estimated: at the standard rate, for want of one for the tier turbo.",
    ]);
  });

  it("writes out units besides tokens", () => {
    const { lines } = explained(bookOf([others]), { units: none, otherUnits: { audio_hours: "0.5" } });
    expect(lines.map(({ label, formula }) => `${label}: ${formula}`)).toEqual([
      "Audio hours: 1,800 × $0.36 / 3,600 = $0.18",
    ]);
  });

  it("says of a share that the whole was priced", () => {
    const { costUsd, status, priceVersionId, priceRuleId } = bookOf([list]).price(call());
    const row = { ...call(), costUsd, priceStatus: status, priceVersionId, priceRuleId, shareOf: "c1" };
    expect(explainStored(bookOf([list]), row)).toMatchObject({
      lines: [],
      agrees: true,
      notes: ["A share of the call c1, whose cost was split by weight."],
    });
  });
});

describe("priceStored", () => {
  const book = bookOf([list], [contract("5", { feature: "chat" })]);
  it.each<[string, Partial<CallFacts>, string | null]>([
    ["an untouched call", {}, "10"],
    ["a folded model keeps its price", { model: otherValue }, null],
    ["a folded provider too", { provider: otherValue }, null],
    ["a folded feature where features have prices", { feature: otherValue }, null],
    ["a folded region where features have prices", { region: otherValue }, null],
  ])("%s", (_name, some, costUsd) => {
    const priced = priceStored(book, call(some));
    if (costUsd === null) expect(priced).toBeNull();
    else expect(priced?.costUsd).toBe(costUsd);
  });

  it("prices a folded feature where none has a price of its own", () => {
    expect(priceStored(bookOf([list]), call({ feature: otherValue }))?.costUsd).toBe("10");
  });
});
