import { describe, expect, it } from "vitest";
import { toBuckets } from "@/server/calls/token-buckets";
import { type Bucket, type BucketUnits, buckets } from "@/server/prices/buckets";
import { Usd } from "@/server/prices/decimal";
import { type PricedCall, priceCall } from "@/server/prices/price-call";
import { readUsage } from "@/server/provider-usage/read-usage";
import { anthropicCases } from "./anthropic-cases";
import { gatewayCases } from "./gateway-cases";
import { googleCases } from "./google-cases";
import { openAiCases } from "./openai-cases";
import { otherProviderCases } from "./other-provider-cases";
import { card } from "./rates";
import type { UsageCase } from "./usage-case";

const cases = [...openAiCases, ...anthropicCases, ...googleCases, ...otherProviderCases, ...gatewayCases];
const none = Object.fromEntries(buckets.map((bucket) => [bucket, 0])) as Record<Bucket, number>;

/** The hand's arithmetic, once more: "tokens × USD per million + …", in USD. */
function worked(sum: string): string {
  if (sum === "") return "0";
  const parts = sum.split(" + ").map((part) => part.split(" × "));
  return parts
    .reduce((total, [count = "", rate = ""]) => total.plus(new Usd(count).times(rate)), new Usd(0))
    .div(1_000_000)
    .toFixed();
}

interface Priced {
  units: BucketUnits;
  otherUnits: Record<string, string>;
  price: PricedCall;
}

/** The way of a usage object into the ledger: adapter, buckets, price. */
function priceOf({ raw, rates, call = {} }: UsageCase): Priced {
  const usage = readUsage(raw);
  const split = toBuckets(usage ?? {});
  if (!split.ok) throw new Error(split.message);
  const otherUnits = usage?.units ?? {};
  const facts = { billed: "yes", cache: "none", batch: false, serviceTier: null, reportedCostUsd: null, ...call } as const; // prettier-ignore
  const price = priceCall({ ...facts, units: split.units, otherUnits }, usage ? card[rates] : null);
  return { units: split.units, otherUnits, price };
}

describe("a provider's usage object costs what the hand says", () => {
  it.each(cases)("$name", (given) => {
    expect(worked(given.sum)).toBe(given.cost ?? "0");
    const { units, otherUnits, price } = priceOf(given);
    expect(units).toEqual({ ...none, ...given.buckets });
    expect(otherUnits).toEqual(given.units ?? {});
    expect({ cost: price.costUsd, status: price.status }).toEqual({ cost: given.cost, status: given.status });
  });

  it("in at least 60 cases, each by a name of its own", () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it.each(["LL#14849", "LL#9812", "LL#40006", "LL#37407", "LF#10592", "LF#8559", "conductor#427", "edutelligence#892", "LF#11244", "LL#18599", "LF#16508", "LL#37219", "LL#38341", "dust#23702", "LF#9038", "LL#13245"])("among them %s", (report) => {
    expect(cases.some(({ name }) => name.includes(report))).toBe(true);
  }); // prettier-ignore
});
