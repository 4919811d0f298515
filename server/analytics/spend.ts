import { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { plainUsd, tidyFigures } from "./figures";
import { readFreshness, type WatermarkAnswer } from "./freshness";
import { resolveKnownAt } from "./known-at";
import { resolveRange } from "./range";
import { SpendInput, SpendRow, SpendTotal } from "./schemas";
import { spendSql } from "./spend-query";

export interface SpendAnswer {
  rows: SpendRow[];
  /** Of everything asked for, also of rows beyond the limit. */
  total: SpendTotal;
  /** There are more rows than the limit let through. */
  truncated: boolean;
  watermark: WatermarkAnswer;
  timeZone: string;
  from: string;
  to: string;
}

const Row = SpendRow.omit({ corrections: true }).extend({
  isTotal: z.boolean(),
  correctionUsd: z.string(),
  correctionCalls: z.number(),
});
function tidy({ isTotal, correctionUsd, correctionCalls, ...row }: z.infer<typeof Row>) {
  return {
    isTotal,
    row: {
      ...tidyFigures(row),
      corrections: correctionCalls === 0 ? null : { usd: plainUsd(correctionUsd), calls: correctionCalls },
    },
  };
}

/**
 * What was spent: by tag, by time, both or neither. Everything that shows an amount asks here, so that it is one figure.
 * Asked as known at an instant, it answers from the ledger and its history what it would have answered then, once all
 * that had been received was rolled up.
 * @throws DomainError INVALID_INPUT for a range or combination that could only be answered partially
 */
export async function spend(ctx: Ctx, input: z.input<typeof SpendInput>): Promise<SpendAnswer> {
  requireRight(ctx.actor, "reports:read");
  const parsed = SpendInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(parsed.from, parsed.to, timeZone);
  const knownAt = resolveKnownAt(parsed.asKnownAt, range, ctx.now);
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx, knownAt);
    const question = { ...parsed, tenantId, timeZone, range, built, knownAt };
    const rows = z
      .array(Row)
      .parse(await db.$queryRaw(spendSql(question)))
      .map(tidy);
    const groups = rows.filter(({ isTotal }) => !isTotal).map(({ row }) => row);
    return {
      rows: groups.slice(0, parsed.limit),
      total: SpendTotal.parse(rows.find(({ isTotal }) => isTotal)?.row),
      truncated: groups.length > parsed.limit,
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
    };
  });
}
