import { z } from "zod";
import { isSignedByStripe } from "@/server/clients/stripe";
import { createContext, type Emit } from "@/server/context";
import { DomainError, isDomainError } from "@/server/errors";
import { openSecret } from "./credentials";
import { insertEvent, tenantOfSlug } from "./event-queries";
import { currentConnection } from "./queries";

/** Of a snapshot and of a thin notification alike: what it is about is asked for, never read from here. */
const Notification = z.object({
  id: z.string().regex(/^evt_\w{1,200}$/),
  type: z.string().min(1).max(200),
  livemode: z.boolean(),
});

const refusal = () => new DomainError("INVALID_INPUT", "The signature does not fit.");

/**
 * Takes a notification of Stripe's for a tenant: believed by its signature over the very bytes, at most five minutes old,
 * written down once however often it comes, and answered for after the commit.
 * @throws DomainError INVALID_INPUT, whatever is wrong: whether a tenant is there is nobody's business
 */
export async function receiveBillingEvent(
  slug: string,
  body: string,
  signature: string | null,
  { now, emit }: { now: Date; emit: Emit },
): Promise<{ isNew: boolean }> {
  const tenant = await tenantOfSlug(slug);
  if (!tenant || signature === null) throw refusal();
  const ctx = createContext({ tenant, actor: { kind: "system", job: "billing-webhook" }, now, emit });
  const tenantId = tenant.id;
  const connection = await ctx.db.write((db) => currentConnection(db, tenantId));
  if (!connection?.webhookSecret) throw refusal();
  const secret = secretOf(tenantId, connection.webhookSecret);
  if (!isSignedByStripe(body, signature, secret, now)) throw refusal();
  const parsed = Notification.safeParse(asJson(body));
  if (!parsed.success) throw new DomainError("INVALID_INPUT", "This is no notification of Stripe's.");
  const { id: eventId, type: kind, livemode } = parsed.data;
  if (livemode !== (connection.mode === "live"))
    throw new DomainError(
      "INVALID_INPUT",
      `This is of ${livemode ? "live" : "test"} mode; connected is ${connection.mode} mode.`,
    );
  const isNew = await ctx.db.write((db) =>
    insertEvent(db, { tenantId, connectionId: connection.id, eventId, kind, receivedAt: now }),
  );
  // A repeat asks again, too: perhaps nobody heard the first time.
  await ctx.emit({ name: "billing/export-requested", data: { tenantId } });
  return { isNew };
}

/** A secret that cannot be opened any more fits no signature; and whose it was is told to nobody. */
function secretOf(tenantId: string, sealed: Uint8Array): string {
  try {
    return openSecret(tenantId, "webhook", sealed);
  } catch (error) {
    if (isDomainError(error)) throw refusal();
    throw error;
  }
}

function asJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
