import fc from "fast-check";
import { expect, it } from "vitest";
import { buckets } from "@/server/prices/buckets";
import { Usd, usdText } from "@/server/prices/decimal";
import { type WhyMeasure, whyMeasures, type WhyPart } from "../why-schemas";
import type { ListedRates } from "./listed-rates";
import type { RatesOf } from "./split-work";
import { fromDecimal } from "./fixed";
import type { Usage } from "./usage";
import { explain } from "./usage-samples";

/** Few names, so that cells of both stretches meet, and every amount that the ledger can hold. */
const usage = fc
  .record({
    feature: fc.constantFrom("", "chat", "search"),
    kind: fc.constantFrom("llm", "tool"),
    prompt: fc.constantFrom("", "a", "b"),
    version: fc.constantFrom("", "v1", "v2", "v3"),
    provider: fc.constant("openai"),
    model: fc.constantFrom("", "large", "small", "ours"),
    counts: fc.array(fc.nat(400), { minLength: 4, maxLength: 4 }),
    unpricedTokens: fc.nat(2_000),
    cost: fc.tuple(fc.nat(2_000), fc.bigInt(0n, 10n ** 18n - 1n)),
    units: fc.record(Object.fromEntries(buckets.map((bucket) => [bucket, fc.nat(3_000)]))),
  })
  .map(({ counts, cost, ...tags }): Usage => {
    const [calls = 0, ...parts] = counts;
    // Each is a part of the calls, as in a roll-up.
    const [requests = 0, freeCalls = 0, unpricedCalls = 0] = parts.map((part) => part % (calls + 1));
    const costUsd = `${String(cost[0])}.${cost[1].toString().padStart(18, "0")}`;
    return { ...tags, units: tags.units as Usage["units"], calls, requests, freeCalls, unpricedCalls: Math.min(unpricedCalls, calls - freeCalls), costUsd };
  }); // prettier-ignore
const usages = fc.array(usage, { maxLength: 14 });

const rate = fc.option(
  fc.integer({ min: 0, max: 90_000 }).map((n) => fromDecimal(`0.${n.toString().padStart(9, "0")}`)),
);
const rates = fc.option(
  fc.record({ buckets: fc.record(Object.fromEntries(buckets.map((name) => [name, rate]))), request: rate }).map(
    ({ buckets: own, request }): ListedRates => ({
      buckets: Object.fromEntries(Object.entries(own).filter(([, usd]) => usd !== null)),
      request,
    }),
  ),
); // prettier-ignore
const book = fc
  .record({ large: fc.tuple(rates, rates), small: fc.tuple(rates, rates) })
  .map((models): Record<string, readonly [ListedRates | null, ListedRates | null]> => models);
const measure = fc.constantFrom<WhyMeasure>(...whyMeasures);

type Book = Record<string, readonly [ListedRates | null, ListedRates | null]>;
const ratesFrom =
  (models: Book): RatesOf =>
  ({ model }) =>
    models[model] ?? [null, null];
const swapped =
  (models: Book): RatesOf =>
  ({ model }) => {
    const [before, after] = models[model] ?? [null, null];
    return [after, before];
  };

const sum = (amounts: readonly string[]) =>
  usdText(amounts.reduce((total, usd) => total.plus(usd), new Usd(0)));
const negated = (usd: string) => usdText(new Usd(usd).neg().plus(0));

it("adds up to the change, to the last of 18 decimals, by part and by cause", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(usages, usages, book, measure, (before, after, models, of) => {
      const { delta, parts, causes } = explain(before, after, ratesFrom(models), of);
      if (delta === null) return;
      expect(sum(parts.map(({ usd }) => usd))).toBe(delta);
      expect(sum(causes.map(({ usd }) => usd))).toBe(delta);
      if (of === "cost") {
        const cost = (all: Usage[]) => new Usd(sum(all.map(({ costUsd }) => costUsd)));
        expect(delta).toBe(usdText(cost(after).minus(cost(before))));
      }
    }),
    { numRuns: 100 },
  );
});

it("tells the way back as the way there with the sign turned", { timeout: 60_000 }, () => {
  const told = ({ cause, usd, work }: WhyPart, usdOf = (amount: string) => amount) =>
    JSON.stringify([cause, work, usdOf(usd)]);
  fc.assert(
    fc.property(usages, usages, book, measure, (before, after, models, of) => {
      const there = explain(before, after, ratesFrom(models), of);
      const back = explain(after, before, swapped(models), of);
      expect(back.parts.map((part) => told(part, negated)).sort()).toEqual(
        there.parts.map((part) => told(part)).sort(),
      );
    }),
    { numRuns: 100 },
  );
});

it("does not care for names: with features renamed, the parts are the same", { timeout: 60_000 }, () => {
  const renamed = (all: Usage[]) => all.map((one) => ({ ...one, feature: `x-${one.feature}` }));
  const amounts = (parts: WhyPart[]) => parts.map(({ cause, usd }) => [cause, usd]);
  fc.assert(
    fc.property(usages, usages, book, (before, after, models) => {
      const here = explain(before, after, ratesFrom(models));
      const there = explain(renamed(before), renamed(after), ratesFrom(models));
      // Where amounts are equal the order is that of the names.
      expect(amounts(there.parts).sort()).toEqual(amounts(here.parts).sort());
    }),
    { numRuns: 100 },
  );
});

it("does not care how roll-ups were cut: rows of the same tags are one", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(usages, usages, book, (before, after, models) => {
      const twice = (all: Usage[]) => all.flatMap((one) => [one, one]);
      const doubled = (all: Usage[]) =>
        all.map((one) => ({
          ...one,
          calls: one.calls * 2,
          requests: one.requests * 2,
          freeCalls: one.freeCalls * 2,
          unpricedCalls: one.unpricedCalls * 2,
          unpricedTokens: one.unpricedTokens * 2,
          costUsd: usdText(new Usd(one.costUsd).times(2)),
          units: Object.fromEntries(
            buckets.map((bucket) => [bucket, one.units[bucket] * 2]),
          ) as Usage["units"],
        }));
      expect(explain(twice(before), twice(after), ratesFrom(models))).toEqual(
        explain(doubled(before), doubled(after), ratesFrom(models)),
      );
    }),
    { numRuns: 100 },
  );
});

it("finds nothing where nothing changed", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(usages, book, measure, (all, models, of) => {
      const steady = Object.fromEntries(Object.entries(models).map(([name, [rate]]) => [name, [rate, rate] as const]));
      expect(explain(all, all, ratesFrom(steady), of).parts).toEqual([]);
    }),
    { numRuns: 100 },
  );
}); // prettier-ignore
