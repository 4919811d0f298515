import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { countStates } from "./export-queries";
import { changeConnection, lockBilling } from "./queries";
import { requireConnection } from "./require-connection";
import { DisconnectInput } from "./schemas";

/**
 * Nothing more is sent, and the keys are gone. What was sent stays known, for the day on which the account is connected again.
 * @throws DomainError CONFLICT when more or less is under way than was shown, or nothing is connected
 */
export async function disconnectBilling(ctx: Ctx, input: DisconnectInput): Promise<void> {
  requireRight(ctx.actor, "billing:write");
  const { confirmUnderWay } = DisconnectInput.parse(input);
  const tenantId = ctx.tenant.id;
  await ctx.db.write(async (db) => {
    await lockBilling(db, tenantId);
    const { id } = await requireConnection(db, tenantId);
    const { pending = 0, unknown = 0 } = await countStates(db, tenantId, id);
    if (pending + unknown !== confirmUnderWay)
      throw new DomainError(
        "CONFLICT",
        `${String(pending + unknown)} hours of usage are under way. Look again before you disconnect.`,
      );
    await changeConnection(
      db,
      { tenantId, id },
      { state: "disconnected", apiKey: null, webhookSecret: null, disconnectedAt: ctx.now },
    );
    await recordAudit(db, ctx, { action: "billing.disconnected", subject: id, after: { pending, unknown } });
  });
}
