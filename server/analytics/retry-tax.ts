import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { longestLedgerDays, RetryTaxInput } from "./coverage-schemas";
import { resolveRange } from "./range";
import { billedFailures, retriesByClass } from "./retry-query";
import { shareOf } from "./share-of";
import { spend } from "./spend";

const mostFeatures = 10_000;

/**
 * What attempts beyond the first cost: by feature (of roll-ups), and by what had failed before (of the ledger, which may
 * be a minute ahead). And what failed attempts cost that the provider bills all the same.
 * @throws DomainError INVALID_INPUT for a range of more than 92 days
 */
export async function retryTax(ctx: Ctx, input: RetryTaxInput) {
  requireRight(ctx.actor, "reports:read");
  const { from, to } = RetryTaxInput.parse(input);
  const range = resolveRange(from, to, ctx.tenant.timeZone);
  if (range.to.getTime() - range.from.getTime() > longestLedgerDays * 86_400_000 + 3_600_000) {
    throw new DomainError("INVALID_INPUT", `The retry tax has at most ${String(longestLedgerDays)} days.`, {
      field: "from",
    });
  }
  const report = await spend(ctx, { from, to, groupBy: "feature", limit: mostFeatures });
  const question = { tenantId: ctx.tenant.id, from: range.from, to: range.to };
  const { byErrorClass, billedFailed } = await ctx.db.read(async (db) => ({
    byErrorClass: await retriesByClass(db, question),
    billedFailed: await billedFailures(db, question),
  }));
  const { calls, costUsd, retryCalls, retryCostUsd } = report.total;
  return {
    total: {
      calls,
      costUsd,
      retryCalls,
      retryCostUsd,
      /** Share of all cost, "0" to "1"; null when nothing was spent. */
      retryShare: shareOf(retryCostUsd, costUsd),
    },
    byFeature: report.rows
      .filter((row) => row.retryCalls > 0)
      .map((row) => ({
        feature: row.key,
        calls: row.calls,
        costUsd: row.costUsd,
        retryCalls: row.retryCalls,
        retryCostUsd: row.retryCostUsd,
        retryShare: shareOf(row.retryCostUsd, row.costUsd),
      })),
    byErrorClass,
    billedFailed,
    watermark: report.watermark,
  };
}
