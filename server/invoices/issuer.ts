import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { holdBooks } from "@/server/periods/hold-books";
import { findIssuer, saveIssuerSetting } from "./account-queries";
import { requirePlan } from "./accounts";
import { requireBiller } from "./requirements";
import { SaveIssuerInput } from "./schemas";
import { noIssuer } from "./settings";

/** Who bills, and by which plan accounts without one of their own. */
export async function showIssuer(ctx: Ctx) {
  requireRight(ctx.actor, "reports:read");
  const saved = await ctx.db.read((db) => findIssuer(db, ctx.tenant.id));
  return { ...(saved ?? noIssuer()), isSaved: saved !== null };
}

/** @throws DomainError INVALID_INPUT */
export async function saveIssuer(ctx: Ctx, input: SaveIssuerInput): Promise<void> {
  const by = requireBiller(ctx);
  const setting = SaveIssuerInput.parse(input);
  await ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    await requirePlan(db, ctx.tenant.id, setting.defaultPlanId, "defaultPlanId");
    await saveIssuerSetting(db, ctx.tenant.id, setting, { by, at: ctx.now });
    const { name, numberPrefix, dueDays } = setting.details;
    await recordAudit(db, ctx, {
      action: "invoice-issuer.saved",
      subject: ctx.tenant.id,
      after: { defaultPlanId: setting.defaultPlanId, name, numberPrefix, dueDays },
    });
  });
}
