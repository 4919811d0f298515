import { resolveRange } from "@/server/analytics/range";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { closedMonths } from "@/server/periods/closed-months";
import { asStored } from "./as-stored";
import { previewMoves, previewTotal } from "./preview-query";
import { readPolicy } from "./queries";
import { longestPreviewDays, PreviewRuleInput } from "./schemas";

const mostMoves = 100;

/**
 * What a rule, saved or not, would change in the past: calls and dollars, and from which value to which. Calls of closed
 * months would stay as they are, and are told apart.
 * @throws DomainError INVALID_INPUT for a range of more than 92 days
 */
export async function previewRule(ctx: Ctx, input: PreviewRuleInput) {
  requireRight(ctx.actor, "attribution:read");
  const { conditions, sets, ...asked } = PreviewRuleInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const { from, to } = resolveRange(asked.from, asked.to, timeZone);
  if (to.getTime() - from.getTime() > longestPreviewDays * 86_400_000 + 3_600_000) {
    throw new DomainError("INVALID_INPUT", `A preview has at most ${String(longestPreviewDays)} days.`, {
      field: "from",
    });
  }
  return ctx.db.read(async (db) => {
    const policy = await readPolicy(db, tenantId);
    const rule = { conditions: asStored(policy, tenantId, conditions), sets };
    const closed = await closedMonths(db, ctx);
    const question = { tenantId, rule, from, to, closed, limit: mostMoves + 1 };
    const total = await previewTotal(db, question);
    const moves = await previewMoves(db, question);
    return { ...total, moves: moves.slice(0, mostMoves), truncated: moves.length > mostMoves };
  });
}
