import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { currentTenantBook } from "@/server/contracts/load-tenant-book";
import { DomainError } from "@/server/errors";
import { decideTogether } from "./decide-together";
import { estimate } from "./estimate";
import { SettleInput } from "./schemas";

export interface SettleAnswer {
  key: string;
  state: "settled" | "released";
  /** USD that now counts as spent; null when the call cost nothing. */
  actualUsd: string | null;
  /** It had been settled before; nothing changed. */
  repeated: boolean;
  /** The lease had run out: for a while what the call may have cost was held by nobody. */
  late: boolean;
}

/**
 * Says what a call cost that was let through: its hold is given back, and the cost counts as spent. Settled again,
 * nothing changes. A cost that nobody can price counts as what was estimated.
 * @throws DomainError NOT_FOUND for a key that nothing was reserved by
 */
export async function settle(ctx: Ctx, input: SettleInput): Promise<SettleAnswer> {
  requireRight(ctx.actor, "gate:use");
  const { key, actual } = SettleInput.parse(input);
  const book = actual ? await currentTenantBook(ctx) : null;
  const cost = actual && book ? estimate(book, actual, null, ctx.now) : null;
  const { before, hold } = await decideTogether<"settle">(ctx, {
    kind: "settle",
    key,
    actual: cost,
    now: ctx.now,
  });
  if (hold === null)
    throw new DomainError("NOT_FOUND", "Nothing was reserved by this key.", { field: "key" });
  return {
    key,
    state: hold.state === "released" ? "released" : "settled",
    actualUsd: hold.actualUsd?.toFixed() ?? null,
    repeated: before === "settled" || before === "released",
    late: before === "expired",
  };
}
