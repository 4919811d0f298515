import { requireRight } from "@/server/auth/permissions";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { eventsOfFeature } from "./queries";
import { FeatureInput } from "./schemas";

/**
 * Names of the usage events that were seen with a feature in the last twelve months, the most frequent first: what its
 * conversion can be. Counts are decimal strings; `users` are those of the month with the most.
 */
export async function listFeatureEvents(ctx: Ctx, input: FeatureInput) {
  requireRight(ctx.actor, "reports:read");
  const { feature } = FeatureInput.parse(input);
  const [year = "", month = ""] = localDay(ctx.now, ctx.tenant.timeZone).split("-");
  const since = `${String(Number(year) - 1)}-${month}-01`;
  return { events: await ctx.db.read((db) => eventsOfFeature(db, ctx.tenant.id, feature, since)) };
}
