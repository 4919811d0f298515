import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { stateAndMarks } from "@/server/rollups/freshness-query";
import { readFreshness } from "../freshness";

/**
 * As readFreshness, for questions that only days of users can answer: where nothing was ever rolled up there is nothing to
 * read, and that is an answer; what waits is in the watermark.
 */
export async function dayFreshness(db: Db, ctx: Ctx): ReturnType<typeof readFreshness> {
  const known = await readFreshness(db, ctx);
  if (known.built.days) return known;
  const { timeZone } = await stateAndMarks(db, ctx.tenant.id);
  return timeZone === null
    ? { ...known, built: { days: true, monthsTo: null, blocksTo: null, recentTo: null } }
    : known;
}
