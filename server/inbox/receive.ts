import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { seal } from "@/server/crypto/seal";
import { DomainError } from "@/server/errors";
import { announceDelivery } from "./announce";
import { insertDelivery } from "./queries";
import { readDelivery } from "./read-delivery";

export interface Received {
  /** Items of the delivery; what becomes of each is decided later. */
  received: number;
}

/**
 * Keeps what a sender that never retries has sent, as it is and sealed: it holds prompts. Returns after the commit.
 * A body that cannot be read is kept too, as failed, so that it can be looked for and is not just gone.
 * @throws DomainError FORBIDDEN, INVALID_INPUT (empty, or kept and unreadable), UNAVAILABLE (nothing was kept)
 */
export async function receiveDelivery(
  ctx: Ctx,
  { source, body }: { source: "litellm"; body: Uint8Array },
): Promise<Received> {
  requireRight(ctx.actor, "calls:write");
  if (body.length === 0) throw new DomainError("INVALID_INPUT", "The body is empty.");
  const delivery = readDelivery(new TextDecoder().decode(body));
  if (delivery.ok && delivery.items.length === 0) return { received: 0 };

  const { actor } = ctx;
  await ctx.db.ingest((db) =>
    insertDelivery(db, ctx.tenant.id, {
      source,
      keyId: actor.kind === "key" ? actor.keyId : null,
      pins: actor.kind === "key" ? actor.pins : {},
      receivedAt: ctx.now,
      payload: seal("inbox", ctx.tenant.id, body),
      items: delivery.ok ? delivery.items.length + delivery.badLines : 0,
      failure: delivery.ok ? null : delivery.reason,
    }),
  );
  if (!delivery.ok) throw new DomainError("INVALID_INPUT", `${delivery.reason} It is kept under Sources.`);
  announceDelivery(ctx);
  return { received: delivery.items.length };
}
