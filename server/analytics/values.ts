import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { readFreshness } from "./freshness";
import { resolveRange } from "./range";
import { dearestValues } from "./values-query";
import { ValuesInput } from "./values-schemas";

export interface ValuesAnswer {
  /** Of the calls in the range, the dearest first. Null: calls without the tag, which no search finds. */
  values: { value: string | null; calls: number; costUsd: string; unpricedCalls: number }[];
  /** How many there are in all. */
  found: number;
}

/**
 * The values that a tag had, for choosing one to filter by.
 * @throws DomainError INVALID_INPUT for a range that reports cannot answer
 */
export async function values(ctx: Ctx, input: z.input<typeof ValuesInput>): Promise<ValuesAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { from, to, ...asked } = ValuesInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(from, to, timeZone);
  return ctx.db.read(async (db) => {
    const { built } = await readFreshness(db, ctx);
    const rows = await dearestValues(db, { ...asked, tenantId, timeZone, range, built });
    return {
      values: rows.map(({ value, calls, costUsd, unpricedCalls }) => ({
        value,
        calls,
        costUsd,
        unpricedCalls,
      })),
      found: rows[0]?.found ?? 0,
    };
  });
}
