import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { readFreshness, type WatermarkAnswer } from "../freshness";
import { resolveRange } from "../range";
import { type RunFigures, type RunFilter, RunsInput, type RunTag, type RunTotals } from "../runs-schemas";
import { shareOf } from "../share-of";
import { requireRunFilter } from "./run-source";
import { withoutTags } from "./run-tags";
import { loadRuns, loadRunTags, loadRunTotals } from "./runs-query";

export interface RunRow extends RunFigures, Record<RunFilter, RunTag> {
  runId: string;
  /** Instants: when its first call began, when its last one ended. Of its calls in the stretch. */
  firstAt: string;
  lastAt: string;
  durationMs: number;
  /** Of the cost of all runs, "0" to "1"; null when that is nothing. */
  costShare: string | null;
  /** This run's share and those of all before it, in this order. */
  cumulativeShare: string | null;
}

export interface RunsAnswer {
  /** A page of the runs, in the order asked for. */
  rows: RunRow[];
  /** Of all runs of the question. */
  total: RunTotals;
  /** Of the stretch compared with; null when nothing is compared. */
  previous: RunTotals | null;
  watermark: WatermarkAnswer;
  timeZone: string;
  /** Instants. */
  from: string;
  to: string;
  compare: { from: string; to: string } | null;
}

/**
 * Runs of agents: what each cost, in how many steps, how long it took, what failed in it; and how that is spread over all of
 * them. A run is what its calls in the stretch are that the filter lets through: one over midnight is told whole where both
 * days are asked for.
 * @throws DomainError INVALID_INPUT for a range or filter that could only be answered partially, UNAVAILABLE while long
 *   ranges are being built anew
 */
export async function runs(ctx: Ctx, input: z.input<typeof RunsInput>): Promise<RunsAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { from, to, compare, ...asked } = RunsInput.parse(input);
  requireRunFilter(asked.filter);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(from, to, timeZone);
  const compared = compare ? resolveRange(compare.from, compare.to, timeZone) : null;
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const source = { tenantId, timeZone, built, filter: asked.filter, range };
    const { rows, totals } = await loadRuns(db, { ...source, ...asked });
    const tags = await loadRunTags(
      db,
      source,
      rows.map(({ runId }) => runId),
    );
    return {
      rows: rows.map(({ runningUsd, ...row }) => ({
        ...row,
        ...(tags.get(row.runId) ?? withoutTags()),
        costShare: shareOf(row.costUsd, totals.costUsd),
        cumulativeShare: shareOf(runningUsd, totals.costUsd),
      })),
      total: totals,
      previous: compared && (await loadRunTotals(db, { ...source, range: compared })),
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      compare: compared && { from: compared.from.toISOString(), to: compared.to.toISOString() },
    };
  });
}
