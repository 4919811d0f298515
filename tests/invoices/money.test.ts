import fc from "fast-check";
import { expect, it } from "vitest";
import { computeInvoice } from "@/server/invoices/compute";
import { PlanTerms } from "@/server/invoices/plan-schemas";
import { tokenBuckets } from "@/server/prices/buckets";
import { cents, type PlainComponent, plainInvoice, type PlainUsage, whole } from "./bigint";

const decimal = (digits: number, decimals: number) =>
  fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** BigInt(digits) - 1n }), fc.bigInt({ min: 0n, max: 10n ** BigInt(decimals) - 1n }))
    .map(([one, other]) => `${String(one)}.${String(other).padStart(decimals, "0")}`); // prettier-ignore
/** Half a cent is where rounding goes wrong, and random numbers never hit it. */
const price = fc.oneof(
  decimal(3, 12),
  decimal(2, 3),
  fc.constantFrom("0.005", "0.015", "0.0005", "2.5", "0"),
);
const money = decimal(4, 2);
const included = fc.oneof(fc.constant("0"), fc.bigInt({ min: 0n, max: 3_000_000n }).map(String));
const percent = fc.oneof(decimal(2, 4), fc.constantFrom("0", "19", "7.5", "12.5", "0.5"));
const tiers = fc
  .record({
    bounds: fc.uniqueArray(fc.bigInt({ min: 1n, max: 2_000_000n }), { maxLength: 4 }),
    prices: fc.array(fc.tuple(price, fc.oneof(fc.constant("0.00"), money)), { minLength: 5, maxLength: 5 }),
  })
  .map(({ bounds, prices }) => {
    const sorted = [...bounds].sort((one, other) => (one < other ? -1 : 1)).map(String);
    return [...sorted, null].map((upTo, at) => ({ upTo, unitUsd: prices[at]?.[0] ?? "0", flatUsd: prices[at]?.[1] ?? "0.00" }));
  }); // prettier-ignore
const component: fc.Arbitrary<PlainComponent> = fc.oneof(
  fc.record({ kind: fc.constant("cost_plus" as const), markupPercent: percent }),
  fc.record({ kind: fc.constant("per_token" as const), usdPerMillion: price, included, classes: fc.uniqueArray(fc.nat(tokenBuckets.length - 1)) }),
  fc.record({ kind: fc.constant("per_call" as const), usdPerCall: price, included }),
  fc.record({ kind: fc.constant("tiers" as const), measure: fc.constantFrom("tokens" as const, "calls" as const, "cost" as const), mode: fc.constantFrom("graduated" as const, "volume" as const), included, tiers }),
  fc.record({ kind: fc.constant("flat" as const), usd: money }),
  fc.record({ kind: fc.constant("included" as const), usd: money.map((usd) => (usd === "0.00" ? "0.01" : usd)) }),
); // prettier-ignore
const usage: fc.Arbitrary<PlainUsage> = fc.record({
  calls: fc.bigInt({ min: 0n, max: 3_000_000n }).map(String),
  tokens: fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }).map(String), { minLength: tokenBuckets.length, maxLength: tokenBuckets.length }),
  costUsd: fc.oneof(decimal(6, 18), fc.constantFrom("0.005", "1.005", "0", "0.004999999999999999")),
}); // prettier-ignore
const cases = fc.record({
  plan: fc.record({
    components: fc.array(component, { minLength: 1, maxLength: 8 }),
    minimumUsd: fc.option(money.map((usd) => (usd === "0.00" ? "0.01" : usd))),
    discountPercent: percent,
    taxPercent: fc.option(percent),
  }),
  usage,
  manual: fc.array(money.chain((usd) => fc.constantFrom(usd, `-${usd}`)), { maxLength: 3 }),
}); // prettier-ignore

it("equals a computation by whole numbers: 1,000 random invoices, line by line", () => {
  let checked = 0;
  let lines = 0;
  fc.assert(
    fc.property(cases, ({ plan, usage: used, manual }) => {
      const terms = PlanTerms.parse({
        name: "Plan",
        components: plan.components.map((one) => {
          const { classes, ...said } = { classes: undefined, label: "Line", ...one };
          return classes === undefined ? said : { ...said, tokenClasses: (classes).map((at) => tokenBuckets[at]) };
        }),
        minimumUsd: plan.minimumUsd,
        discountPercent: plan.discountPercent,
        tax: plan.taxPercent === null ? { kind: "none" } : { kind: "rate", name: "VAT", percent: plan.taxPercent },
      });
      const buckets = Object.fromEntries(tokenBuckets.map((bucket, at) => [bucket, used.tokens[at] ?? "0"]));
      const row = { kind: "usage", ofMonth: "2026-10", feature: "", model: "", calls: used.calls, costUsd: used.costUsd, unpricedCalls: "0", ...buckets };
      const made = computeInvoice({
        month: "2026-10", terms, tax: null, usage: [row as Parameters<typeof computeInvoice>[0]["usage"][number]], corrected: [],
        manual: manual.map((amountUsd, at) => ({ manualId: String(at), description: "By hand", amountUsd })),
      });
      const expected = plainInvoice(plan, used, manual);
      expect(made.lines.map(({ amountUsd }) => whole(amountUsd, 2))).toEqual(expected.lines);
      expect([made.netUsd, made.taxUsd, made.totalUsd].map((usd) => whole(usd, 2))).toEqual([expected.net, expected.tax, expected.total]);
      expect(made.lines.reduce((sum, { amountUsd }) => sum + whole(amountUsd, 2), 0n)).toBe(whole(made.totalUsd, 2));
      for (const { exactUsd, amountUsd } of made.lines) expect(cents(whole(exactUsd, 30))).toBe(whole(amountUsd, 2));
      checked += 1;
      lines += made.lines.length;
    }),
    { numRuns: 1_000 },
  );
  expect(checked).toBe(1_000);
  console.info(`T20: ${String(checked)} random invoices, ${String(lines)} lines, all as whole numbers say`);
}); // prettier-ignore

it.each([
  ["0.005", "0.01"],
  ["-0.005", "-0.01"],
  ["1.005", "1.01"],
  ["-1.005", "-1.01"],
  ["2.675", "2.68"],
  ["8.345", "8.35"],
  ["0.004999999999999999", "0.00"],
  ["-0.004999999999999999", "0.00"],
  ["0.014999999999999999", "0.01"],
  ["999999999999999999.995", "1000000000000000000.00"],
])("rounds a line of %s to %s, as whole numbers do", (costUsd, amountUsd) => {
  const terms = PlanTerms.parse({ name: "Plan", components: [{ kind: "cost_plus", label: "Usage", markupPercent: "0" }] });
  const buckets = Object.fromEntries(tokenBuckets.map((bucket) => [bucket, "0"]));
  const row = { kind: "usage", ofMonth: "2026-10", feature: "", model: "", calls: "1", costUsd, unpricedCalls: "0", ...buckets };
  const made = computeInvoice({ month: "2026-10", terms, tax: null, usage: [row as Parameters<typeof computeInvoice>[0]["usage"][number]], corrected: [], manual: [] });
  expect([made.lines[0]?.amountUsd, made.totalUsd]).toEqual([amountUsd, amountUsd]);
  expect(cents(whole(costUsd, 30))).toBe(whole(amountUsd, 2));
}); // prettier-ignore
