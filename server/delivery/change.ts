import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { changeDestination, findSendingDestination, lockDestination, lockDestinations } from "./queries";
import { readTarget } from "./read-target";
import { requireFreeTarget, requirePresent } from "./require-free";
import { ChangeDestinationInput } from "./schemas";
import { digestTarget, newSecret, openTarget, sealTarget, tailOf } from "./target";

/**
 * Another name, other routes or another address. A webhook keeps its secret. One that was switched off is on again with
 * another address.
 * @throws DomainError NOT_FOUND; INVALID_INPUT, CONFLICT as `addDestination`
 */
export async function changeDestinationTo(ctx: Ctx, input: ChangeDestinationInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "alerts:write");
  const { id, name, routes, url, to } = ChangeDestinationInput.parse(input);
  const tenantId = ctx.tenant.id;
  const key = { tenantId, id };
  await ctx.db.write(async (db) => {
    await lockDestinations(db, tenantId);
    const before = requirePresent(await lockDestination(db, key));
    const row = await findSendingDestination(db, key);
    const field = before.kind === "email" ? "url" : "to";
    if ((before.kind === "email" ? url : to) !== undefined)
      throw new DomainError("INVALID_INPUT", `A destination of this kind has no ${field}.`, { field });
    const target =
      (url ?? to) === undefined
        ? null
        : readTarget(before.kind, { ...(url !== undefined && { url }), ...(to && { to }) }, secretOf(row));
    function secretOf(stored: typeof row): string {
      if (before.kind !== "webhook" || !stored) return "";
      const opened = openTarget(tenantId, stored.target);
      return opened.kind === "webhook" ? opened.secret : newSecret();
    }
    const moved = target && {
      target: sealTarget(tenantId, target),
      targetDigest: digestTarget(tenantId, target),
      tail: tailOf(target),
      failure: null,
      failures: 0,
      notBefore: null,
      ...(before.state === "disabled" && { state: "active" as const, reason: null }),
    };
    if (moved) await requireFreeTarget(db, key, moved.targetDigest);
    await changeDestination(db, key, {
      ...(name !== undefined && { name }),
      ...(routes && { routes }),
      ...moved,
    });
    const facts = { name: before.name, tail: before.tail, routes: before.routes };
    await recordAudit(db, ctx, {
      action: "destination.changed",
      subject: id,
      before: facts,
      after: {
        name: name ?? facts.name,
        tail: moved?.tail ?? facts.tail,
        routes: routes ?? facts.routes,
      },
    });
  });
  return { id };
}
