import { recordAudit } from "@/server/audit/record";
import { actorId, requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { billMonth } from "./month";
import { SignOffInput } from "./schemas";
import { insertSignOff, listSignOffs, lockSignOffs } from "./sign-off-queries";

/** Of the frozen figures, so that later versions of the product read them. */
const shape = 1;

/**
 * Says that finance agrees to a month of a provider's bill, with the figures as they are now. A month that changed since can
 * be signed again; what was signed before stays.
 * @throws DomainError CONFLICT while a day is unread or provisional, when the figures are others than those looked at, or when
 *   nothing changed since it was signed
 */
export async function signOffBill(ctx: Ctx, input: SignOffInput): Promise<{ signedAt: string }> {
  requireRight(ctx.actor, "periods:write");
  requirePerson(ctx.actor);
  const { provider, month, note, billUsd, ledgerUsd, invoiceNo } = SignOffInput.parse(input);
  const figures = { ...(await billMonth(ctx, { provider, month })), signOff: null };
  if (!figures.isFinal)
    throw new DomainError(
      "CONFLICT",
      "Days of this month are provisional or were never read; it can be signed off when none is.",
    );
  if (figures.billUsd !== billUsd || figures.ledgerUsd !== ledgerUsd)
    throw new DomainError(
      "CONFLICT",
      "The figures have changed since you looked at them. Look again, then sign.",
    );
  const of = { tenantId: ctx.tenant.id, provider, month };
  await ctx.db.write(async (db) => {
    await lockSignOffs(db, of.tenantId);
    const [last] = await listSignOffs(db, of);
    if (last && last.billUsd === billUsd && last.ledgerUsd === ledgerUsd)
      throw new DomainError("CONFLICT", "This month is signed off already, and nothing has changed since.");
    const signed = {
      n: (last?.n ?? 0) + 1,
      signedBy: actorId(ctx.actor),
      signedAt: ctx.now,
      note,
      shape,
      billUsd,
      ledgerUsd,
      invoiceNo,
    };
    await insertSignOff(db, of, { ...signed, figures });
    await recordAudit(db, ctx, {
      action: "bill.signed_off",
      subject: `${provider} ${month}`,
      after: { billUsd, ledgerUsd, unexplainedUsd: figures.unexplainedUsd, note, invoiceNo },
    });
  });
  return { signedAt: ctx.now.toISOString() };
}
