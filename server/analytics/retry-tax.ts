import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { readFreshness } from "./freshness";
import { resolveRange } from "./range";
import { billedFailures, retriesByClass, retriesByFeature } from "./retry-query";
import { ReportScope } from "./schemas";
import { shareOf } from "./share-of";

/**
 * What attempts beyond the first cost: by feature, and by what had failed before. And what failed attempts cost that the
 * provider bills all the same. Of a range that does not begin or end with a day, causes and failures of the day cut are
 * read from the ledger, which may be a minute ahead of the roll-ups.
 * @throws DomainError INVALID_INPUT for a filter by user or account
 */
export async function retryTax(ctx: Ctx, input: z.input<typeof ReportScope>) {
  requireRight(ctx.actor, "reports:read");
  const { from, to, filter } = ReportScope.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(from, to, timeZone);
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const question = { tenantId, timeZone, range, built, filter };
    const rows = await retriesByFeature(db, question);
    const total = rows.find(({ isTotal }) => isTotal);
    if (!total) throw new Error("The retry tax answered without its total");
    const withShare = ({ calls, costUsd, retryCalls, retryCostUsd }: (typeof rows)[number]) => ({
      calls,
      costUsd,
      retryCalls,
      retryCostUsd,
      /** Share of all cost, "0" to "1"; null when nothing was spent. */
      retryShare: shareOf(retryCostUsd, costUsd),
    });
    return {
      total: withShare(total),
      byFeature: rows.flatMap((row) => (row.isTotal ? [] : [{ feature: row.feature, ...withShare(row) }])),
      byErrorClass: await retriesByClass(db, question),
      billedFailed: await billedFailures(db, question),
      watermark,
      timeZone,
    };
  });
}
