import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { figuresOf } from "./figures";
import { loadMatch } from "./load-match";
import { BillTrendInput } from "./schemas";

/** What could not be explained of each month; null in months of which no day was read. */
export async function billTrend(ctx: Ctx, input: BillTrendInput) {
  requireRight(ctx.actor, "reports:read");
  const { provider, months } = BillTrendInput.parse(input);
  const found = [];
  for (const month of [...new Set(months)].sort()) {
    const { billUsd, gapUsd, unexplainedUsd, unexplainedShare, days, unreadDays } = figuresOf(
      await loadMatch(ctx, provider, month),
    );
    const wasRead = unreadDays.length < days.length;
    found.push({
      month,
      unreadDays: unreadDays.length,
      figures: wasRead ? { billUsd, gapUsd, unexplainedUsd, unexplainedShare } : null,
    });
  }
  return { months: found };
}
