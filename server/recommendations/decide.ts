import { requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { findRecommendation, lockRecommendations, type Recommendation, saveRecommendation } from "./queries";
import type { State } from "./schemas";

export interface Decision {
  after: Recommendation;
  /** Last, for acts of one tenant wait for each other in the log. */
  audited: () => Promise<void>;
}

/**
 * A person's decision on one that is in a state to be decided.
 * @throws DomainError NOT_FOUND; CONFLICT in another state
 */
export async function decide(
  ctx: Ctx,
  id: string,
  from: readonly State[],
  decision: (db: Db, one: Recommendation, personId: string) => Promise<Decision>,
): Promise<{ id: string; state: State }> {
  requireRight(ctx.actor, "reviews:write");
  const { personId } = requirePerson(ctx.actor);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await lockRecommendations(db, tenantId);
    const one = await findRecommendation(db, tenantId, id);
    if (!one) throw new DomainError("NOT_FOUND", "There is no such recommendation.");
    if (!from.includes(one.state))
      throw new DomainError(
        "CONFLICT",
        "Somebody else has decided on this one, or it does not hold any more.",
      );
    const { after, audited } = await decision(db, one, personId);
    await saveRecommendation(db, tenantId, after);
    await audited();
    return { id, state: after.state };
  });
}
