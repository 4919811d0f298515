import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { deleteSetting, lockSettings } from "./queries";
import { ResetAlertInput } from "./schemas";

/** A rule as delivered again; of a subject, as it is set for everything. Nothing happens to what is so already. */
export async function resetAlert(ctx: Ctx, input: ResetAlertInput): Promise<void> {
  requireRight(ctx.actor, "alerts:write");
  const { rule, subject } = ResetAlertInput.parse(input);
  await ctx.db.write(async (db) => {
    await lockSettings(db, ctx.tenant.id);
    if (!(await deleteSetting(db, ctx.tenant.id, { rule, subject }))) return;
    await recordAudit(db, ctx, { action: "alert.reset", subject: rule, after: { subject } });
  });
}
