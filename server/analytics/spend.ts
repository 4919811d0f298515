import { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { pendingMarks, rollupState } from "@/server/rollups/queries";
import { decideWatermark } from "@/server/rollups/watermark";
import { resolveRange } from "./range";
import { SpendFigures, SpendInput, SpendRow } from "./schemas";
import { spendSql } from "./spend-query";

export interface WatermarkAnswer {
  /** Instants. After `finalThrough` figures are provisional. */
  finalThrough: string;
  rolledThrough: string;
  pendingHours: number;
}

export interface SpendAnswer {
  rows: SpendRow[];
  /** Of everything asked for, also of rows beyond the limit. */
  total: SpendFigures;
  /** There are more rows than the limit let through. */
  truncated: boolean;
  watermark: WatermarkAnswer;
  timeZone: string;
  from: string;
  to: string;
}

const Row = SpendRow.extend({ isTotal: z.boolean() });
/** 1.500000000000000000 → 1.5: the same amount, as people write it. */
const plainUsd = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/**
 * What was spent: by tag, by time, both or neither. Everything that shows an amount asks here, so that it is one figure.
 * @throws DomainError INVALID_INPUT for a range or combination that could only be answered partially
 */
export async function spend(ctx: Ctx, input: z.input<typeof SpendInput>): Promise<SpendAnswer> {
  requireRight(ctx.actor, "reports:read");
  const parsed = SpendInput.parse(input);
  const { id: tenantId, timeZone, latencyBufferMinutes } = ctx.tenant;
  const range = resolveRange(parsed.from, parsed.to, timeZone);
  return ctx.db.read(async (db) => {
    const state = await rollupState(db, tenantId);
    const pending = await pendingMarks(db, tenantId);
    const question = { ...parsed, tenantId, timeZone, range, daysAreCurrent: state?.timeZone === timeZone };
    const rows = z.array(Row).parse(await db.$queryRaw(spendSql(question)));
    const tidy = rows.map(({ isTotal, ...row }) => ({
      isTotal,
      row: { ...row, costUsd: plainUsd(row.costUsd), retryCostUsd: plainUsd(row.retryCostUsd) },
    }));
    const groups = tidy.filter(({ isTotal }) => !isTotal).map(({ row }) => row);
    const watermark = decideWatermark(ctx.now, pending.oldestMarkedAt, pending.hours, latencyBufferMinutes);
    return {
      rows: groups.slice(0, parsed.limit),
      total: SpendFigures.parse(tidy.find(({ isTotal }) => isTotal)?.row),
      truncated: groups.length > parsed.limit,
      watermark: {
        finalThrough: watermark.finalThrough.toISOString(),
        rolledThrough: watermark.rolledThrough.toISOString(),
        pendingHours: watermark.pendingHours,
      },
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
    };
  });
}
