import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { insertDestination, lockDestinations, purgeRemoved } from "./queries";
import { requireFreeTarget, requireRoom } from "./require-free";
import { readTarget } from "./read-target";
import { AddDestinationInput, restorableHours } from "./schemas";
import { digestTarget, newSecret, sealTarget, tailOf } from "./target";

/**
 * A new place to which incidents are told. Nothing is sent there yet.
 * @returns the secret that signs what a webhook gets: now or never
 * @throws DomainError INVALID_INPUT with what is wrong with the address; CONFLICT for an address that is there already, one
 * destination too many, or mail where none can be sent
 */
export async function addDestination(
  ctx: Ctx,
  input: AddDestinationInput,
): Promise<{ id: string; secret: string | null }> {
  requireRight(ctx.actor, "alerts:write");
  const asked = AddDestinationInput.parse(input);
  const { kind, name, routes } = asked;
  const target = readTarget(kind, asked, newSecret());
  const tenantId = ctx.tenant.id;
  const id = randomUUID();
  const [targetDigest, tail] = [digestTarget(tenantId, target), tailOf(target)];
  await ctx.db.write(async (db) => {
    await lockDestinations(db, tenantId);
    await purgeRemoved(db, tenantId, new Date(ctx.now.getTime() - restorableHours * 3_600_000));
    await requireRoom(db, tenantId);
    await requireFreeTarget(db, { tenantId, id }, targetDigest);
    await insertDestination(db, {
      tenantId,
      id,
      kind,
      name,
      target: sealTarget(tenantId, target),
      targetDigest,
      tail,
      routes,
      createdBy: actorId(ctx.actor),
      now: ctx.now,
    });
    await recordAudit(db, ctx, {
      action: "destination.added",
      subject: id,
      after: { kind, name, tail, routes },
    });
  });
  return { id, secret: target.kind === "webhook" ? target.secret : null };
}
