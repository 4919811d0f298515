import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { describeRun } from "./describe-run";
import { findRun } from "./run-query";
import { RunInput } from "./schemas";

/** How far a run is, and what it has changed. @throws DomainError NOT_FOUND */
export async function showRun(ctx: Ctx, input: RunInput) {
  requireRight(ctx.actor, "attribution:read");
  const { runId } = RunInput.parse(input);
  const run = await ctx.db.read((db) => findRun(db, ctx.tenant.id, runId));
  if (!run) throw new DomainError("NOT_FOUND", "There is no such run.");
  return describeRun(run);
}
