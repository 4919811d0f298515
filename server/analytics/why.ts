import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { currentTenantBook } from "@/server/contracts/load-tenant-book";
import type { TenantBook } from "@/server/contracts/tenant-book";
import type { Usd } from "@/server/prices/decimal";
import { usdText } from "@/server/prices/decimal";
import { readFreshness } from "./freshness";
import { type Range, resolveRange } from "./range";
import { isByUser, loadSides } from "./why-query";
import { type WhyAnswer, WhyInput, type WhySide } from "./why-schemas";
import { listedRates, type Priced } from "./why/listed-rates";
import { causesOf, sumOf, told } from "./why/parts";
import { splitChange } from "./why/split-change";
import type { RatesOf } from "./why/split-work";
import type { Usage } from "./why/usage";

/** The book's rates of both stretches, looked up once for each model and feature. */
function ratesIn(book: TenantBook, before: Range, after: Range): RatesOf {
  const known = new Map<string, ReturnType<RatesOf>>();
  return (priced: Priced) => {
    const feature = book.asksForTags(priced.provider, priced.model) ? priced.feature : null;
    const key = JSON.stringify([priced.provider, priced.model, feature]);
    const found = known.get(key) ?? [
      listedRates(book, { ...priced, feature }, before),
      listedRates(book, { ...priced, feature }, after),
    ];
    known.set(key, found);
    return found;
  };
}

function sideOf(range: Range, usages: readonly Usage[], cost: Usd, measured: Usd | null) {
  const count = (pick: (usage: Usage) => number) => usages.reduce((sum, usage) => sum + pick(usage), 0);
  return {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    usd: measured && usdText(measured),
    costUsd: usdText(cost),
    calls: count(({ calls }) => calls),
    unpricedCalls: count(({ unpricedCalls }) => unpricedCalls),
  } satisfies Omit<WhySide, "corrections">;
}

/**
 * Why a cost changed from one stretch to another: parts by cause and by what they are about, which add up to the change
 * to the last decimal. How they are told apart is in why/README.md.
 * @throws DomainError INVALID_INPUT for a range or combination that could only be answered partially
 */
export async function why(ctx: Ctx, input: z.input<typeof WhyInput>): Promise<WhyAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { from, to, compare, filter, measure, limit } = WhyInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const before = resolveRange(compare.from, compare.to, timeZone);
  const after = resolveRange(from, to, timeZone);
  const book = await currentTenantBook(ctx);
  const { watermark, sides } = await ctx.db.read(async (db) => {
    const freshness = await readFreshness(db, ctx);
    const question = { tenantId, timeZone, filter, built: freshness.built, before, after };
    return { watermark: freshness.watermark, sides: await loadSides(db, question) };
  });
  const used = { before: sides.before.used, after: sides.after.used };
  const { measured, costs, delta, parts, notes } = splitChange(
    used.before,
    used.after,
    ratesIn(book, before, after),
    measure,
  );
  const others = parts.slice(limit);
  return {
    measure,
    before: { ...sideOf(before, used.before, costs[0], measured[0]), corrections: sides.before.corrections },
    after: { ...sideOf(after, used.after, costs[1], measured[1]), corrections: sides.after.corrections },
    deltaUsd: delta && usdText(delta),
    causes: causesOf(parts),
    parts: parts.slice(0, limit).map(told),
    rest: others.length > 0 ? { parts: others.length, usd: usdText(sumOf(others)) } : null,
    notes: isByUser({ filter }) ? ["byUser", ...notes] : notes,
    watermark,
    timeZone,
  };
}
