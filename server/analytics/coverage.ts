import { requireRight } from "@/server/auth/permissions";
import { policyTags } from "@/server/attribution/schemas";
import { showAttribution } from "@/server/attribution/show";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { pendingMarks, rollupState } from "@/server/rollups/queries";
import { decideWatermark } from "@/server/rollups/watermark";
import {
  type CoverageQuestion,
  coverageDimensions,
  foldedCalls,
  jointSums,
  lacksByOrigin,
  tagSums,
  totalSums,
} from "./coverage-query";
import { CoverageInput, longestLedgerDays } from "./coverage-schemas";
import { resolveRange } from "./range";
import { shareOf } from "./share-of";

/** On a screen; the rest of them is one row. */
const usualOrigins = 50;

function questionOf(ctx: Ctx, from: string, to: string): CoverageQuestion {
  const range = resolveRange(from, to, ctx.tenant.timeZone);
  // An hour more, for clocks that are put back.
  if (!range.days || range.to.getTime() - range.from.getTime() > longestLedgerDays * 86_400_000 + 3_600_000) {
    throw new DomainError("INVALID_INPUT", `Coverage has at most ${String(longestLedgerDays)} days.`, {
      field: "from",
    });
  }
  return { tenantId: ctx.tenant.id, from: range.from, to: range.to, days: range.days };
}

/**
 * How much of the spend is attributed: by each tag, by all that the tenant wants together (the score), and where calls
 * without `tag` come from. Sums are of roll-ups, origins of the ledger, which may be a minute ahead of them. Unpriced
 * calls are in no share of cost and are told beside it.
 * @throws DomainError INVALID_INPUT for more than 92 days, UNAVAILABLE while the days are cut anew
 */
export async function coverage(ctx: Ctx, input: CoverageInput, mostOrigins = usualOrigins) {
  requireRight(ctx.actor, "attribution:read");
  const { from, to, tag } = CoverageInput.parse(input);
  const { id: tenantId, timeZone, latencyBufferMinutes } = ctx.tenant;
  const question = questionOf(ctx, from, to);
  // Not what the ingest remembers for seconds: whoever has just changed the policy looks here next.
  const { tagPolicy } = await showAttribution(ctx);
  const wanted = policyTags.filter((one) => (tagPolicy[one] ?? "accept") !== "accept");
  return ctx.db.read(async (db) => {
    const state = await rollupState(db, tenantId);
    if (state && state.timeZone !== timeZone) {
      throw new DomainError(
        "UNAVAILABLE",
        "Days are being cut anew for the other zone; ask again in a minute.",
        {
          retryAfterSeconds: 30,
        },
      );
    }
    const pending = await pendingMarks(db, tenantId);
    const total = await totalSums(db, question);
    const attributed = wanted.length === 0 ? null : await jointSums(db, question, wanted);
    const origins = await lacksByOrigin(db, question, tag, mostOrigins);
    const watermark = decideWatermark(ctx.now, pending.oldestMarkedAt, pending.hours, latencyBufferMinutes);
    return {
      total,
      /** Tags that the tenant wants; what has all of them is attributed. */
      wanted,
      attributed,
      /** Share of the cost that is attributed, "0" to "1"; null when nothing is wanted or nothing was spent. */
      score: attributed && shareOf(attributed.costUsd, total.costUsd),
      tags: (await tagSums(db, question)).map(({ tag: one, sums }) => ({
        tag: one,
        mode: tagPolicy[one] ?? ("accept" as const),
        ...sums,
        costShare: shareOf(sums.costUsd, total.costUsd),
        callShare: shareOf(sums.calls, total.calls),
      })),
      lacking: tag,
      origins: Object.fromEntries(
        coverageDimensions.map((dimension) => [
          dimension,
          origins.filter((one) => one.dimension === dimension),
        ]),
      ) as Record<(typeof coverageDimensions)[number], typeof origins>,
      /** Calls whose value of a tag was one too many of its day and became __other__. */
      folded: await foldedCalls(db, question),
      finalThrough: watermark.finalThrough.toISOString(),
      timeZone,
    };
  });
}
