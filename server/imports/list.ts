import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listRuns } from "./queries";
import { describeRun } from "./run-state";

const newest = 50;

/** The tenant's imports, the newest first. */
export async function listImports(ctx: Ctx) {
  requireRight(ctx.actor, "calls:import");
  const runs = await ctx.db.read((db) => listRuns(db, ctx.tenant.id, newest));
  return runs.map((run) => describeRun(run, ctx.now));
}
