import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import { OutboundFailure } from "@/server/clients/outbound-failure";
import { modeOfKey } from "@/server/clients/stripe";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { sealSecret } from "./credentials";
import type { BillingProvider } from "./port";
import {
  changeConnection,
  currentConnection,
  insertConnection,
  knownConnection,
  lockBilling,
} from "./queries";
import { ConnectInput, type Mode } from "./schemas";
import { stripeProvider } from "./stripe";

/** Which account a key is of, and whether it may do what we need. @throws DomainError INVALID_INPUT with what Stripe said */
export async function checkKey(
  apiKey: string,
  now: Date,
  provide: (apiKey: string, clock: () => Date) => BillingProvider = stripeProvider,
): Promise<{ providerAccount: string; name: string; mode: Mode }> {
  try {
    const provider = provide(apiKey, () => now);
    const { id, name } = await provider.readAccount();
    await provider.listMeters();
    await provider.listCustomers();
    return { providerAccount: id, name, mode: modeOfKey(apiKey) };
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    if (error.fault === "rate" || error.fault === "unreachable")
      throw new DomainError("UNAVAILABLE", `${error.message} Try again in a moment.`, {}, { cause: error });
    throw new DomainError("INVALID_INPUT", error.message, { field: "apiKey" }, { cause: error });
  }
}

const connectedAlready = () =>
  new DomainError("CONFLICT", "Stripe is connected already. Disconnect it before another account is.");

export const tailOf = (apiKey: string) => `${apiKey.slice(0, 8)}…${apiKey.slice(-4)}`;

/**
 * Connects an account of Stripe's, once its key has answered. An account that was connected before goes on where it stood:
 * what was billed to it is not billed again.
 * @throws DomainError INVALID_INPUT, UNAVAILABLE; CONFLICT when one is connected
 */
export async function connectBilling(ctx: Ctx, input: ConnectInput): Promise<{ id: string; mode: Mode }> {
  requireRight(ctx.actor, "billing:write");
  const { apiKey, webhookSecret } = ConnectInput.parse(input);
  const tenantId = ctx.tenant.id;
  if (await ctx.db.write((db) => currentConnection(db, tenantId))) throw connectedAlready();
  const account = await checkKey(apiKey, ctx.now);
  const { providerAccount, name, mode } = account;
  return ctx.db.write(async (db) => {
    await lockBilling(db, tenantId);
    if (await currentConnection(db, tenantId)) throw connectedAlready();
    const known = await knownConnection(db, tenantId, { providerAccount, mode });
    const id = known?.id ?? randomUUID();
    const facts = {
      name,
      state: "active" as const,
      apiKey: sealSecret(tenantId, "key", apiKey),
      keyTail: tailOf(apiKey),
      webhookSecret: webhookSecret === undefined ? null : sealSecret(tenantId, "webhook", webhookSecret),
      failure: null,
      notBefore: null,
      lastOkAt: ctx.now,
      comparedAt: null,
      connectedBy: actorId(ctx.actor),
      connectedAt: ctx.now,
      disconnectedAt: null,
    };
    const key = { tenantId, id };
    if (known) await changeConnection(db, key, facts);
    else await insertConnection(db, { ...key, providerAccount, mode, ...facts });
    await recordAudit(db, ctx, {
      action: "billing.connected",
      subject: id,
      after: { ...account, again: known !== null },
    });
    return { id, mode };
  });
}
