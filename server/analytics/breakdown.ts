import { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { breakdownSql } from "./breakdown-query";
import { figureNames, tidyFigures } from "./figures";
import { readFreshness, type WatermarkAnswer } from "./freshness";
import { resolveRange } from "./range";
import { BreakdownInput, type BreakdownRow, SpendFigures } from "./schemas";
import { shareOf } from "./share-of";

export interface BreakdownAnswer {
  /** A page of the groups, in the order asked for. */
  rows: BreakdownRow[];
  /** Of all groups. */
  total: Pick<BreakdownRow, "current" | "previous" | "changeUsd">;
  /** How many groups there are. */
  groups: number;
  watermark: WatermarkAnswer;
  timeZone: string;
  /** Instants. */
  from: string;
  to: string;
  compare: { from: string; to: string } | null;
}

const Head = z.object({
  key: z.string().nullable(),
  isTotal: z.boolean(),
  running: z.string(),
  groups: z.number(),
});

function figures(row: Record<string, unknown>, prefix: string): SpendFigures {
  return tidyFigures(
    SpendFigures.parse(Object.fromEntries(figureNames.map((name) => [name, row[`${prefix}${name}`]]))),
  );
}

/**
 * Groups of calls, the dearest first unless asked otherwise: what each was, what it was in another stretch, its share of
 * the whole and that of all before it. The question behind every table.
 * @throws DomainError INVALID_INPUT for a range or combination that could only be answered partially
 */
export async function breakdown(ctx: Ctx, input: z.input<typeof BreakdownInput>): Promise<BreakdownAnswer> {
  requireRight(ctx.actor, "reports:read");
  const parsed = BreakdownInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(parsed.from, parsed.to, timeZone);
  const compared = parsed.compare ? resolveRange(parsed.compare.from, parsed.compare.to, timeZone) : null;
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const rows = z
      .array(z.record(z.string(), z.unknown()))
      .parse(await db.$queryRaw(breakdownSql({ ...parsed, tenantId, timeZone, range, compared, built })))
      .map((row) => {
        const [current, previous] = [figures(row, "now"), compared ? figures(row, "before") : null];
        const changeUsd = previous && usdText(new Usd(current.costUsd).minus(previous.costUsd));
        return { ...Head.parse(row), current, previous, changeUsd };
      });
    const total = rows.find(({ isTotal }) => isTotal);
    if (!total) throw new Error("A breakdown answered without its total");
    const groups = rows.filter(({ isTotal }) => !isTotal);
    return {
      rows: groups.map(({ key, current, previous, changeUsd, running }) => ({
        key,
        current,
        previous,
        changeUsd,
        costShare: shareOf(current.costUsd, total.current.costUsd),
        callShare: shareOf(current.calls, total.current.calls),
        cumulativeShare: shareOf(running, total.current.costUsd),
      })),
      total: { current: total.current, previous: total.previous, changeUsd: total.changeUsd },
      groups: groups[0]?.groups ?? 0,
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      compare: compared && { from: compared.from.toISOString(), to: compared.to.toISOString() },
    };
  });
}
