import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { checkKey, tailOf } from "./connect";
import { sealSecret } from "./credentials";
import { changeConnection } from "./queries";
import { requireConnection } from "./require-connection";
import { RotateInput } from "./schemas";

/**
 * A new key of the same account and mode, a new signing secret, or both.
 * @throws DomainError INVALID_INPUT when the key is another account's or mode's; CONFLICT when nothing is connected
 */
export async function rotateBilling(ctx: Ctx, input: RotateInput): Promise<void> {
  requireRight(ctx.actor, "billing:write");
  const { apiKey, webhookSecret } = RotateInput.parse(input);
  const tenantId = ctx.tenant.id;
  const account = apiKey === undefined ? null : await checkKey(apiKey, ctx.now);
  await ctx.db.write(async (db) => {
    const { id, providerAccount, mode } = await requireConnection(db, tenantId);
    if (account && (account.providerAccount !== providerAccount || account.mode !== mode))
      throw new DomainError(
        "INVALID_INPUT",
        `This key is of ${account.providerAccount} in ${account.mode} mode; connected is ${providerAccount} in ${mode} mode.`,
        { field: "apiKey" },
      );
    await changeConnection(
      db,
      { tenantId, id },
      {
        ...(apiKey !== undefined && {
          apiKey: sealSecret(tenantId, "key", apiKey),
          keyTail: tailOf(apiKey),
          state: "active" as const,
          failure: null,
          notBefore: null,
        }),
        ...(webhookSecret !== undefined && { webhookSecret: sealSecret(tenantId, "webhook", webhookSecret) }),
      },
    );
    await recordAudit(db, ctx, {
      action: "billing.rotated",
      subject: id,
      after: { key: apiKey !== undefined, webhookSecret: webhookSecret !== undefined },
    });
  });
}
