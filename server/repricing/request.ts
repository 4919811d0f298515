import { randomUUID } from "node:crypto";
import { resolveRange } from "@/server/analytics/range";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { insertRun } from "./queries";
import { RequestRepricingInput } from "./schemas";

/**
 * Asks what pricing these calls anew would change. A job works the preview out; nothing changes before someone approves it.
 * @throws DomainError INVALID_INPUT
 */
export async function requestRepricing(ctx: Ctx, input: RequestRepricingInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "prices:write");
  const { scope: asked, reason } = RequestRepricingInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(asked.from, asked.to, timeZone);
  const scope = { ...asked, from: range.from.toISOString(), to: range.to.toISOString() };
  const id = randomUUID();
  const requestedBy = actorId(ctx.actor);
  const run = { tenantId, id, reason, scope, knownAt: ctx.now, requestedBy, at: ctx.now, approvedBy: null };
  await ctx.db.write(async (db) => {
    await insertRun(db, run);
    await recordAudit(db, ctx, { action: "repricing.requested", subject: id, after: { reason, scope } });
  });
  await ctx.emit({ name: "repricing/requested", data: { tenantId, runId: id } });
  return { id };
}
