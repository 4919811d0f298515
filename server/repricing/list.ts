import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { describeRun, peopleOf } from "./describe-run";
import { emailsOf, listRuns } from "./queries";

const newest = 50;

/** The tenant's repricings, the newest first. */
export async function listRepricings(ctx: Ctx) {
  requireRight(ctx.actor, "prices:read");
  return ctx.db.read(async (db) => {
    const runs = await listRuns(db, ctx.tenant.id, newest);
    const emails = await emailsOf(db, peopleOf(runs));
    return runs.map((run) => describeRun(run, emails));
  });
}
