import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { currentTenantBook } from "@/server/contracts/load-tenant-book";
import type { TenantBook } from "@/server/contracts/tenant-book";
import type { Db } from "@/server/db";
import {
  addSavings,
  changesOf,
  noSavings,
  premiumStretches,
  type PremiumStretch,
  type Savings,
} from "./savings";
import { type CacheQuestion, type CacheUse, cacheUse } from "./cache-query";
import { type CacheFigures, CacheInput, type CacheRow } from "./cache-schemas";
import { orderCacheRows } from "./order";
import { readFreshness } from "../freshness";
import { type Range, resolveRange } from "../range";
import { Usd, usdText } from "@/server/prices/decimal";
import { shareOf } from "../share-of";

interface Group extends Savings {
  calls: number;
  inputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  cost: Usd;
  unpricedCalls: number;
}

const emptyGroup = (): Group => ({
  ...noSavings(),
  calls: 0,
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  cost: new Usd(0),
  unpricedCalls: 0,
});

const modelKey = ({ provider, model, feature }: Pick<CacheUse, "provider" | "model" | "feature">) =>
  JSON.stringify([provider, model, feature]);
const isCached = (use: CacheUse) => use.cacheReadTokens + use.cacheWrite5mTokens + use.cacheWrite1hTokens > 0;

/** What each group used and what the cache did for it, over one range. */
async function groupsOf(
  db: Db,
  book: TenantBook,
  question: CacheQuestion,
  range: Range,
): Promise<Map<string | null, Group>> {
  const inAll = await cacheUse(db, question, [range]);
  const stretchesOf = new Map<string, PremiumStretch[]>();
  for (const use of inAll.filter(isCached)) {
    const key = modelKey(use);
    if (!stretchesOf.has(key)) stretchesOf.set(key, premiumStretches(book, use, range));
  }
  const cuts = [range.from, ...changesOf(stretchesOf.values()), range.to];
  const parts = cuts.slice(1).map((to, at) => ({ from: cuts[at] ?? range.from, to }));
  const used = parts.length === 1 ? inAll : await cacheUse(db, question, parts);
  const groups = new Map<string | null, Group>();
  for (const use of used) {
    const group = groups.get(use.key) ?? emptyGroup();
    const at = (parts[use.stretch] ?? range).from;
    const premiums = stretchesOf.get(modelKey(use))?.findLast(({ from }) => from <= at)?.premiums;
    groups.set(use.key, {
      ...(premiums ? { ...group, ...addSavings(group, use, premiums) } : group),
      calls: group.calls + use.calls,
      inputTokens: group.inputTokens + use.inputTokens,
      cacheReadTokens: group.cacheReadTokens + use.cacheReadTokens,
      cacheWriteTokens: group.cacheWriteTokens + use.cacheWrite5mTokens + use.cacheWrite1hTokens,
      cost: group.cost.plus(use.costUsd),
      unpricedCalls: group.unpricedCalls + use.unpricedCalls,
    });
  }
  return groups;
}

function figuresOf(group: Group): CacheFigures {
  const { cost, savedByReading, paidForWriting, ratedTokens, unratedTokens, ...counts } = group;
  const isKnown = ratedTokens > 0 || unratedTokens === 0;
  const text = (usd: Usd) => (isKnown ? usdText(usd) : null);
  const net = savedByReading.minus(paidForWriting);
  return {
    ...counts,
    hitRate: shareOf(counts.cacheReadTokens, counts.inputTokens),
    costUsd: usdText(cost),
    savedByReadingUsd: text(savedByReading),
    paidForWritingUsd: text(paidForWriting),
    netSavingUsd: text(net),
    costWithoutCacheUsd: text(cost.plus(net)),
    unratedTokens,
  };
}

function sumOf(groups: Iterable<Group>): Group {
  const sum = emptyGroup();
  for (const group of groups) {
    for (const name of ["calls", "inputTokens", "cacheReadTokens", "cacheWriteTokens", "unpricedCalls", "ratedTokens", "unratedTokens"] as const) {
      sum[name] += group[name];
    } // prettier-ignore
    for (const name of ["cost", "savedByReading", "paidForWriting"] as const)
      sum[name] = sum[name].plus(group[name]);
  }
  return sum;
}

/**
 * What providers' prompt caches did, by group: how much of the input was read from them, and what that saved, at the
 * tenant's rates of each time. An estimate: sums of tokens do not tell the service, region or length of each call, so
 * standard rates for short inputs are taken. Answers that an app's own cache gave without a model are calls of cost 0 here
 * like any others, and no saving.
 * @throws DomainError INVALID_INPUT for a filter by user together with prompts, UNAVAILABLE while prices cannot be read
 */
export async function cache(ctx: Ctx, input: z.input<typeof CacheInput>) {
  requireRight(ctx.actor, "reports:read");
  const { from, to, filter, groupBy, compare, order, offset, limit } = CacheInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(from, to, timeZone);
  const compared = compare ? resolveRange(compare.from, compare.to, timeZone) : null;
  const book = await currentTenantBook(ctx);
  const byFeature = groupBy !== "feature" && book.said.contracts.some(({ feature }) => feature !== null);
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const question = {
      tenantId,
      timeZone,
      built,
      filter,
      groupBy,
      byFeature: byFeature || groupBy === "feature",
    };
    const now = await groupsOf(db, book, question, range);
    const before = compared && (await groupsOf(db, book, question, compared));
    const rows: CacheRow[] = [...new Set([...now.keys(), ...(before?.keys() ?? [])])].map((key) => ({
      key,
      current: figuresOf(now.get(key) ?? emptyGroup()),
      previous: before && figuresOf(before.get(key) ?? emptyGroup()),
    }));
    return {
      rows: orderCacheRows(rows, order).slice(offset, offset + limit),
      total: {
        current: figuresOf(sumOf(now.values())),
        previous: before && figuresOf(sumOf(before.values())),
      },
      groups: rows.length,
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      compare: compared && { from: compared.from.toISOString(), to: compared.to.toISOString() },
    };
  });
}
