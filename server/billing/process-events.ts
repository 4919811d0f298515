import { requireRight } from "@/server/auth/permissions";
import { OutboundFailure } from "@/server/clients/outbound-failure";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { openProvider, type OpenProvider } from "./credentials";
import { settleEvent, waitingEvents } from "./event-queries";
import { refuseExports } from "./export-queries";
import type { BillingProvider, ProviderNotification } from "./port";
import { changeConnection, currentConnection } from "./queries";
import { meaningOf } from "./stripe-notification";

const mostAttempts = 20;

export interface Processed {
  done: number;
  /** Rows that Stripe refused after it had accepted them. */
  refused: number;
}

/**
 * Does what notifications ask for: each only says where to look, and what is found there is written down. Order and repeats
 * make no difference. Reports of refusals hold examples only, so every one of them also asks for a comparison.
 */
export async function processBillingEvents(ctx: Ctx, open: OpenProvider = openProvider): Promise<Processed> {
  requireRight(ctx.actor, "billing:write");
  const tenantId = ctx.tenant.id;
  const processed: Processed = { done: 0, refused: 0 };
  const connection = await ctx.db.write((db) => currentConnection(db, tenantId));
  if (!connection) return processed;
  const connectionId = connection.id;
  const waiting = await ctx.db.write((db) => waitingEvents(db, tenantId, connectionId));
  if (waiting.length === 0) return processed;
  const provider = open(tenantId, connection, () => ctx.now);
  for (const { eventId, kind, attempts } of waiting) {
    const key = { tenantId, connectionId, eventId };
    const told = await look(provider, kind, eventId);
    await ctx.db.write(async (db) => {
      if ("failure" in told) {
        const state = attempts + 1 >= mostAttempts ? "failed" : "waiting";
        return settleEvent(db, key, {
          state,
          attempts: attempts + 1,
          processedAt: null,
          failure: told.failure,
        });
      }
      if (told.notification) processed.refused += await apply(db, ctx, connectionId, told.notification);
      if (told.meaning !== "nothing")
        await changeConnection(db, { tenantId, id: connectionId }, { comparedAt: null });
      processed.done += 1;
      return settleEvent(db, key, {
        state: "done",
        attempts: attempts + 1,
        processedAt: ctx.now,
        failure: null,
      });
    });
  }
  return processed;
}

type Told =
  { meaning: ReturnType<typeof meaningOf>; notification: ProviderNotification | null } | { failure: string };

async function look(provider: BillingProvider, kind: string, eventId: string): Promise<Told> {
  const meaning = meaningOf(kind);
  if (meaning !== "refusals") return { meaning, notification: null };
  try {
    return { meaning, notification: await provider.readNotification(eventId) };
  } catch (error) {
    if (error instanceof OutboundFailure) return { failure: error.message };
    throw error;
  }
}

async function apply(db: Db, ctx: Ctx, connectionId: string, told: ProviderNotification): Promise<number> {
  if (told.kind !== "refusals") return 0;
  let refused = 0;
  for (const { code, samples } of told.refusals.errors)
    for (const { identifier, message } of samples)
      refused += await refuseExports(db, ctx.tenant.id, connectionId, [identifier], {
        code,
        message: `Stripe refused it after it had accepted it: ${message.slice(0, 300)}`,
        now: ctx.now,
      });
  return refused;
}
