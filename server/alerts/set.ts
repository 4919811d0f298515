import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { countSettings, listSettings, lockSettings, saveSetting, type Setting } from "./queries";
import { mostSettings, paramsOf, SetAlertInput } from "./schemas";

const told = ({ enabled, params }: Pick<Setting, "enabled" | "params">) => ({ enabled, params });

/**
 * Sets a rule for everything it looks at, or for one subject. Parameters that are left out are as delivered (of a subject: as
 * they are set for everything).
 * @throws DomainError CONFLICT for one setting too many
 */
export async function setAlert(ctx: Ctx, input: SetAlertInput): Promise<void> {
  requireRight(ctx.actor, "alerts:write");
  const { rule, subject, enabled, params } = SetAlertInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  const usual = paramsOf(rule);
  // Of everything, what is as delivered need not be kept: a later release may deliver something better.
  const own = subject
    ? params
    : Object.fromEntries(Object.entries(params).filter(([name, value]) => usual[name]?.usual !== value));
  await ctx.db.write(async (db) => {
    await lockSettings(db, tenantId);
    const before = (await listSettings(db, tenantId)).find(
      (one) =>
        one.rule === rule &&
        one.subjectKind === (subject?.kind ?? "default") &&
        one.subjectKey === (subject?.key ?? ""),
    );
    if (!before && (await countSettings(db, tenantId)) >= mostSettings) {
      throw new DomainError(
        "CONFLICT",
        `There are ${String(mostSettings)} settings of alerts; remove some first.`,
      );
    }
    const set = { enabled, params: own, updatedBy: actorId(ctx.actor), updatedAt: ctx.now };
    await saveSetting(db, tenantId, { rule, subject }, set);
    await recordAudit(db, ctx, {
      action: "alert.set",
      subject: rule,
      ...(before && { before: { subject, ...told(before) } }),
      after: { subject, ...told(set) },
    });
  });
}
