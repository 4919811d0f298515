import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { decisionsAbout } from "./decision-queries";
import { findReview } from "./queries";
import { KillItemInput } from "./schemas";

/** Every version of what was decided about a feature, the newest first. @throws DomainError NOT_FOUND */
export async function decisionHistory(ctx: Ctx, input: KillItemInput) {
  requireRight(ctx.actor, "reviews:read");
  const { month, feature } = KillItemInput.parse(input);
  return ctx.db.read(async (db) => {
    if (!(await findReview(db, ctx.tenant.id, month)))
      throw new DomainError("NOT_FOUND", "There is no kill review of that month.");
    const versions = await decisionsAbout(db, ctx.tenant.id, feature);
    return versions.map((version) => ({ ...version, baseline: undefined }));
  });
}
