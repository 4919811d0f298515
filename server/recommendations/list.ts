import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { withoutOverlap } from "./overlap";
import { allRecommendations, lastLook, type Recommendation } from "./queries";
import { ListInput, type State, states } from "./schemas";

const isHoped = ({ state }: Recommendation) => state === "open" || state === "accepted";
const isVerified = ({ state }: Recommendation) => state === "verified";
const savedBy = ({ measured }: Recommendation) => measured?.savingUsd ?? "0";

/** What one is ordered and added up by. */
export const claimOf = (one: Recommendation): string =>
  isVerified(one) ? savedBy(one) : one.finding.savingUsd;

/**
 * Recommendations, the largest saving first. Sums count each dollar once: of those that touch the same calls only the
 * largest is in them, and the others name it.
 */
export async function listRecommendations(ctx: Ctx, input: ListInput = {}) {
  requireRight(ctx.actor, "reviews:read");
  const { state } = ListInput.parse(input);
  const { all, look } = await ctx.db.read(async (db) => ({
    all: await allRecommendations(db, ctx.tenant.id),
    look: await lastLook(db, ctx.tenant.id),
  }));
  const claims = (some: readonly Recommendation[]) =>
    withoutOverlap(some.map((one) => ({ id: one.id, subject: one.finding.subject, usd: claimOf(one) })));
  const [hoped, verified] = [claims(all.filter(isHoped)), claims(all.filter(isVerified))];
  const largestFirst = all
    .filter((one) => state === undefined || one.state === state)
    .sort((one, other) => new Usd(claimOf(other)).cmp(claimOf(one)) || (one.id < other.id ? -1 : 1));
  const counts = Object.fromEntries(
    states.map((name) => [name, all.filter((one) => one.state === name).length]),
  ) as Record<State, number>;
  return {
    recommendations: largestFirst.map((one) => ({
      ...one,
      /** The larger one that is counted in its stead; null: it is in the sum itself, or in none. */
      countedIn: hoped.countedIn.get(one.id) ?? verified.countedIn.get(one.id) ?? null,
    })),
    counts,
    /** Of those open or accepted, a month; of those verified, in the days measured. */
    savingUsd: hoped.totalUsd,
    verifiedUsd: verified.totalUsd,
    /** Null: nobody has looked yet. */
    look: look && { lookedAt: look.lookedAt, first: look.first, last: look.last, ...look.facts },
    timeZone: ctx.tenant.timeZone,
  };
}
