import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { currentTenantBook } from "@/server/contracts/load-tenant-book";
import { announceRefusal } from "./announce-refusal";
import { decideTogether } from "./decide-together";
import { estimate } from "./estimate";
import { pinned } from "./pinned";
import { type ReserveAnswer, ReserveInput } from "./schemas";

/**
 * May this call be made? If so, what it may cost is held on every budget that it comes under, until it is settled or the
 * lease runs out. The same key again is the same call, and is held once.
 * @throws DomainError INVALID_INPUT, UNAVAILABLE (nothing is held: ask again)
 */
export async function reserve(ctx: Ctx, input: ReserveInput): Promise<ReserveAnswer> {
  requireRight(ctx.actor, "gate:use");
  const asked = pinned(ctx.actor, ReserveInput.parse(input));
  const book = await currentTenantBook(ctx);
  const { decision, hold, repeated, whenUnreachable } = await decideTogether<"reserve">(ctx, {
    kind: "reserve",
    input: asked,
    estimate: estimate(book, asked.estimate, asked.feature ?? null, ctx.now),
    now: ctx.now,
  });
  announceRefusal(ctx, decision);
  const isHeld = hold?.state === "held";
  return {
    ...decision,
    key: asked.key,
    heldUsd: isHeld ? hold.estimateUsd.toFixed() : null,
    leaseUntil: isHeld ? hold.leaseUntil.toISOString() : null,
    repeated,
    whenUnreachable,
  };
}
