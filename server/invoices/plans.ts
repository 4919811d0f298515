import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import type { PlanHead } from "./documents";
import { findPlan, listPlanHeads, listPlanVersions, type PlanVersion } from "./plan-queries";
import { PlanInput } from "./plan-schemas";

/** Every rate plan in the version in force, retired ones last. */
export async function listPlans(ctx: Ctx): Promise<PlanHead[]> {
  requireRight(ctx.actor, "reports:read");
  return ctx.db.read((db) => listPlanHeads(db, ctx.tenant.id));
}

/** A version of a rate plan (without one, that in force), and which there are. @throws DomainError NOT_FOUND */
export async function readPlan(
  ctx: Ctx,
  input: PlanInput,
): Promise<{ plan: PlanHead; versions: PlanVersion[] }> {
  requireRight(ctx.actor, "reports:read");
  const { id, version } = PlanInput.parse(input);
  return ctx.db.read(async (db) => {
    const plan = await findPlan(db, ctx.tenant.id, id, version);
    if (!plan) throw new DomainError("NOT_FOUND", "There is no such rate plan.");
    return { plan, versions: await listPlanVersions(db, ctx.tenant.id, id) };
  });
}
