import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { freshTenantBook } from "@/server/contracts/load-tenant-book";
import { env } from "@/server/env";
import { DomainError } from "@/server/errors";
import { Usd, usdText } from "@/server/prices/decimal";
import { readFreshness, type WatermarkAnswer } from "../freshness";
import { atOneMoment } from "../one-moment";
import { type Range, resolveRange } from "../range";
import type { Grouping, SpendCorrections, SpendFilter, SpendTotal } from "../schemas";
import { shareOf } from "../share-of";
import { spend } from "../spend";
import { ExplainInput } from "./explain-schemas";
import { type Formula, formulaOf } from "./formula";
import { loadRates, type RatesAnswer } from "./load-rates";
import { filterOfGroup } from "./of-group";
import { type ApiCall, sameByApi } from "./same-by-api";

export interface ExplainAnswer {
  figure: ExplainInput["figure"];
  formula: Formula;
  /** The calls that it is about, by how their cost is known: the last five add up to the first. */
  calls: Record<"total" | "priced" | "estimated" | "partial" | "reported" | "unpriced", number> & {
    unpricedTokens: number;
  };
  /** Of a table's row: how much of the scope has the tag that the table is by. */
  coverage: Coverage | null;
  /** What may still change while late calls are waited for. Null: everything is final. */
  provisional: { from: string; calls: number; costUsd: string } | null;
  /** Corrections of closed months that were booked in the range; they are in no cost. */
  corrections: SpendCorrections | null;
  prices: RatesAnswer;
  /** The same figure for a program. */
  api: ApiCall;
  watermark: WatermarkAnswer;
  timeZone: string;
  from: string;
  to: string;
}

interface Coverage {
  by: Grouping;
  /** Cost with the tag, and all of it. */
  taggedUsd: string;
  costUsd: string;
  /** "0" to "1"; null when nothing was spent. */
  share: string | null;
  taggedCalls: number;
  calls: number;
}

/**
 * Where a figure comes from: its formula, the calls behind it and what is lacking or may change, the prices, and the
 * request that gives the same to a program.
 * @throws DomainError INVALID_INPUT for a range or combination that could only be answered partially, and for a group that
 * the scope's filter leaves out
 */
export async function explain(ctx: Ctx, input: ExplainInput): Promise<ExplainAnswer> {
  requireRight(ctx.actor, "reports:read");
  const parsed = ExplainInput.parse(input);
  const { figure, scope, group } = parsed;
  const { timeZone } = ctx.tenant;
  const range = resolveRange(scope.from, scope.to, timeZone);
  const filter = group ? filterOfGroup(scope.filter, group) : scope.filter;
  if (!filter)
    throw new DomainError("INVALID_INPUT", "The filter leaves this group out.", { field: "group.key" });
  const book = await freshTenantBook(ctx);
  return atOneMoment(ctx, async (then, db) => {
    const totalOf = async (narrowed: SpendFilter) =>
      (await spend(then, { from: scope.from, to: scope.to, filter: narrowed })).total;
    const { built, watermark } = await readFreshness(db, then);
    const total = await totalOf(filter);
    const whole = group ? await totalOf(scope.filter) : total;
    return {
      figure,
      formula: formulaOf(figure, total, whole),
      calls: callsOf(total),
      coverage: group ? await coverageOf(group.by, scope.filter, whole, totalOf) : null,
      provisional: await provisionalOf(then, range, filter, watermark),
      corrections: total.corrections,
      prices: await loadRates(db, book, { tenantId: ctx.tenant.id, timeZone, range, built, filter }),
      api: sameByApi(parsed, filter, env.NEXTAUTH_URL),
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
    };
  });
}

function callsOf(total: SpendTotal): ExplainAnswer["calls"] {
  const { calls, estimatedCalls, partialCalls, reportedCalls, unpricedCalls, unpricedTokens } = total;
  return {
    total: calls,
    priced: calls - estimatedCalls - partialCalls - reportedCalls - unpricedCalls,
    estimated: estimatedCalls,
    partial: partialCalls,
    reported: reportedCalls,
    unpriced: unpricedCalls,
    unpricedTokens,
  };
}

async function coverageOf(
  by: Grouping,
  filter: SpendFilter,
  whole: SpendTotal,
  totalOf: (filter: SpendFilter) => Promise<SpendTotal>,
): Promise<Coverage> {
  const without = filterOfGroup(filter, { by, key: null });
  const lacking = without ? await totalOf(without) : { costUsd: "0", calls: 0 };
  const taggedUsd = usdText(new Usd(whole.costUsd).minus(lacking.costUsd));
  const { costUsd, calls } = whole;
  return { by, taggedUsd, costUsd, share: shareOf(taggedUsd, costUsd), taggedCalls: calls - lacking.calls, calls }; // prettier-ignore
}

async function provisionalOf(
  ctx: Ctx,
  range: Range,
  filter: SpendFilter,
  { finalThrough }: WatermarkAnswer,
): Promise<ExplainAnswer["provisional"]> {
  const from = new Date(Math.max(range.from.getTime(), Date.parse(finalThrough)));
  if (from >= range.to) return null;
  const { total } = await spend(ctx, { from: from.toISOString(), to: range.to.toISOString(), filter });
  return { from: from.toISOString(), calls: total.calls, costUsd: total.costUsd };
}
