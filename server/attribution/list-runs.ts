import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { describeRun } from "./describe-run";
import { listRunRows } from "./run-query";

const newest = 50;

/** Rules that were applied to the past or taken back, the newest first. */
export async function listRuns(ctx: Ctx) {
  requireRight(ctx.actor, "attribution:read");
  const runs = await ctx.db.read((db) => listRunRows(db, ctx.tenant.id, newest));
  return runs.map(describeRun);
}
