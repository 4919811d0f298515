import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bucket, buckets, type BucketUnits } from "./buckets";
import { ratesOf } from "./bucket-rates";
import { Usd } from "./decimal";
import { type CallToPrice, priceCall } from "./price-call";
import type { PriceRate } from "./price-version";

const none = Object.fromEntries(buckets.map((bucket) => [bucket, 0])) as Record<Bucket, number>;
const units = (some: Partial<BucketUnits>): BucketUnits => ({ ...none, ...some });
const call = (some: Partial<BucketUnits>, rest: Partial<CallToPrice> = {}): CallToPrice => ({
  units: units(some),
  otherUnits: {},
  billed: "yes",
  cache: "none",
  batch: false,
  serviceTier: null,
  reportedCostUsd: null,
  ...rest,
});
const perMillion = (unit: string, usd: string, tierStart = 0): PriceRate => ({
  service: "standard",
  unit,
  tierStart,
  usd,
  per: 1_000_000,
});
const book = (...rates: PriceRate[]) => ratesOf({ id: "v1", rates });

const plain = book(perMillion("fresh_input", "3"), perMillion("visible_output", "15"));
const full = book(
  perMillion("fresh_input", "3"),
  perMillion("fresh_input", "6", 200_001),
  perMillion("cache_read", "0.3"),
  perMillion("cache_read", "0.6", 200_001),
  perMillion("cache_write", "3.75"),
  perMillion("cache_write_1h", "6"),
  perMillion("audio_input", "40"),
  perMillion("visible_output", "15"),
  perMillion("visible_output", "22.5", 200_001),
  perMillion("audio_output", "80"),
  { service: "standard", unit: "web_searches", tierStart: 0, usd: "10", per: 1_000 },
);
const withFee = book(perMillion("fresh_input", "1"), {
  service: "standard",
  unit: "request",
  tierStart: 0,
  usd: "12",
  per: 1_000,
});
const twoTools = book(
  { service: "standard", unit: "web_searches", tierStart: 0, usd: "10", per: 1_000 },
  { service: "standard", unit: "storage_searches", tierStart: 0, usd: "2.5", per: 1_000 },
);
const hours = book({ service: "standard", unit: "audio_seconds", tierStart: 0, usd: "0.36", per: 3_600 });
const images = book(perMillion("visible_output", "2.5"), perMillion("output_image_tokens", "30"));

const cases: [string, CallToPrice, ReturnType<typeof book> | null, string | null, string][] = [
  ["no usage costs nothing", call({}), plain, "0", "priced"],
  ["one token", call({ freshInputTokens: 1 }), plain, "0.000003", "priced"],
  ["the largest call", call({ visibleOutputTokens: 2_147_483_647 }), plain, "32212.254705", "priced"],
  ["last token of the tier below", call({ freshInputTokens: 200_000 }), full, "0.6", "priced"],
  ["first token of the tier", call({ freshInputTokens: 200_001 }), full, "1.200006", "priced"],
  [
    "the tier counts cached input",
    call({ freshInputTokens: 1, cacheReadTokens: 200_000 }),
    full,
    "0.120006",
    "priced",
  ],
  [
    "the tier holds for output",
    call({ freshInputTokens: 200_001, visibleOutputTokens: 2 }),
    full,
    "1.200051",
    "priced",
  ],
  ["output never reaches a tier", call({ visibleOutputTokens: 200_001 }), full, "3.000015", "priced"],
  ["reasoning is output", call({ reasoningTokens: 1_000_000 }), plain, "15", "priced"],
  [
    "reasoning at its own rate",
    call({ reasoningTokens: 2 }),
    book(perMillion("reasoning", "3")),
    "0.000006",
    "priced",
  ],
  ["5 m write at the general rate", call({ cacheWrite5mTokens: 1_000_000 }), full, "3.75", "priced"],
  ["1 h write at its own rate", call({ cacheWrite1hTokens: 1_000_000 }), full, "6", "priced"],
  [
    "1 h write for want of a rate at that of 5 m",
    call({ cacheWrite1hTokens: 1_000_000 }),
    book(perMillion("cache_write_5m", "3.75")),
    "3.75",
    "estimated",
  ],
  [
    "cache write without any rate",
    call({ freshInputTokens: 1, cacheWrite5mTokens: 9 }),
    plain,
    "0.000003",
    "partial",
  ],
  [
    "cache read without a rate gets no discount",
    call({ cacheReadTokens: 1_000_000 }),
    plain,
    "3",
    "estimated",
  ],
  [
    "audio is not priced as text",
    call({ freshInputTokens: 1, audioInputTokens: 5 }),
    plain,
    "0.000003",
    "partial",
  ],
  ["audio both ways", call({ audioInputTokens: 1, audioOutputTokens: 1 }), full, "0.00012", "priced"],
  ["nothing of it has a rate", call({ audioInputTokens: 5 }), plain, null, "unpriced"],
  [
    "nothing of it has a rate, but an amount came",
    call({ audioInputTokens: 5 }, { reportedCostUsd: "0.20" }),
    plain,
    "0.2",
    "reported",
  ],
  ["one tool in the book", call({ toolUnits: 3 }), full, "0.03", "estimated"],
  ["two tools in the book", call({ toolUnits: 3 }), twoTools, null, "unpriced"],
  ["a fee for the request", call({ freshInputTokens: 1_000_000 }), withFee, "1.012", "priced"],
  ["priced by the hour, which no bucket carries", call({}), hours, null, "unpriced"],
  ["images hide in the output", call({ visibleOutputTokens: 1_000_000 }), images, "2.5", "estimated"],
  ["unknown model", call({ freshInputTokens: 1 }), null, null, "unpriced"],
  [
    "unknown model with a reported amount",
    call({ freshInputTokens: 1 }, { reportedCostUsd: "0.0100" }),
    null,
    "0.01",
    "reported",
  ],
  [
    "the book goes before the reported amount",
    call({ freshInputTokens: 1 }, { reportedCostUsd: "9" }),
    plain,
    "0.000003",
    "priced",
  ],
  ["not billed", call({ freshInputTokens: 5 }, { billed: "no" }), plain, "0", "priced"],
  ["not billed, unknown model", call({ freshInputTokens: 5 }, { billed: "no" }), null, "0", "priced"],
  [
    "billing unknown counts",
    call({ freshInputTokens: 1 }, { billed: "unknown" }),
    plain,
    "0.000003",
    "priced",
  ],
  ["exact cache hit", call({ freshInputTokens: 5 }, { cache: "exact" }), plain, "0", "priced"],
  ["semantic cache hit", call({ freshInputTokens: 5 }, { cache: "semantic" }), null, "0", "priced"],
  ["batch", call({ freshInputTokens: 1 }, { batch: true }), plain, "0.0000015", "estimated"],
  [
    "batch halves tokens, not fees",
    call({ freshInputTokens: 1_000_000 }, { batch: true }),
    withFee,
    "0.512",
    "estimated",
  ],
  [
    "batch with a gap is partial",
    call({ freshInputTokens: 2, audioInputTokens: 1 }, { batch: true }),
    plain,
    "0.000003",
    "partial",
  ],
];

describe("priceCall", () => {
  it.each(cases)("%s", (_name, input, rates, costUsd, status) => {
    expect(priceCall(input, rates)).toMatchObject({ costUsd, status });
  });

  it("says which buckets are missing, and by which version it priced", () => {
    const priced = priceCall(call({ freshInputTokens: 1, audioInputTokens: 5 }), plain);
    expect(priced).toMatchObject({ missing: ["audioInputTokens"], priceVersionId: "v1" });
    expect(priceCall(call({ freshInputTokens: 1 }), null).priceVersionId).toBeNull();
  });
});

const anyUnits = fc.record(
  Object.fromEntries(buckets.map((bucket) => [bucket, fc.nat({ max: 400_000 })])) as Record<
    Bucket,
    fc.Arbitrary<number>
  >,
);
const anyCall = fc.record({
  units: anyUnits,
  otherUnits: fc.constant({}),
  billed: fc.constantFrom("yes" as const, "no" as const, "unknown" as const),
  cache: fc.constantFrom("none" as const, "exact" as const),
  batch: fc.boolean(),
  serviceTier: fc.constant(null),
  reportedCostUsd: fc.constantFrom(null, "0.5"),
});
const odd = book(
  perMillion("fresh_input", "0.18000000000000002"),
  perMillion("visible_output", "0.000000000000000001"),
);
const anyRates = fc.constantFrom(plain, full, withFee, twoTools, hours, images, odd, null);

describe("priceCall, of any call", () => {
  it("adds up: the lines are the cost, at 18 decimals", () => {
    fc.assert(
      fc.property(anyCall, anyRates, (input, rates) => {
        const { costUsd, lines, status } = priceCall(input, rates);
        expect(costUsd === null).toBe(status === "unpriced");
        if (costUsd === null || status === "reported") return;
        expect(costUsd).toMatch(/^\d+(\.\d{1,18})?$/);
        const sum = lines.reduce((total, line) => total.plus(line.costUsd), new Usd(0));
        expect(sum.toFixed()).toBe(costUsd);
      }),
    );
  });

  it("never costs less for more of a bucket", () => {
    const more = fc.record({
      input: anyCall,
      rates: anyRates,
      bucket: fc.constantFrom(...buckets),
      extra: fc.nat(400_000),
    });
    fc.assert(
      fc.property(more, ({ input, rates, bucket, extra }) => {
        const less = priceCall({ ...input, reportedCostUsd: null }, rates).costUsd;
        const grown = { ...input.units, [bucket]: input.units[bucket] + extra };
        const greater = priceCall({ ...input, units: grown, reportedCostUsd: null }, rates).costUsd;
        if (less !== null && greater !== null) expect(new Usd(greater).gte(less)).toBe(true);
      }),
    );
  });
});
