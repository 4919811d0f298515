import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { openProvider, type OpenProvider } from "./credentials";
import type { BillingProvider, PutOutcome } from "./port";
import { changeConnection, currentConnection, listMeterRows, type Meter } from "./queries";
import { tooOldReason } from "./reasons";
import { settleTry } from "./settle-try";
import { type Claimed, claimNextExport, nextDue, retireOld, settleExport } from "./try-queries";
import { billedAt, rememberedMs, tooOldBefore } from "./window";

/** Longer than a try can take, the one that the SDK repeats by itself included. */
const leaseMs = 60_000;
/** After which another step goes on. */
const longestRunMs = 20_000;
const restMs = 60_000;

export interface Sent {
  tried: number;
  /** How long until there is more to send; null when nothing waits that may be sent. */
  waitMs: number | null;
}

/**
 * Sends what waits in the outbox: each row claimed before, and noted after. A run that dies in the middle leaves rows whose
 * outcome is unknown; they are repeated under the same name for as long as the provider surely remembers it, and never
 * afterwards (resolve-unknown.ts).
 */
export async function sendReady(ctx: Ctx, open: OpenProvider = openProvider): Promise<Sent> {
  requireRight(ctx.actor, "billing:write");
  const tenantId = ctx.tenant.id;
  const started = performance.now();
  const clock = () => new Date(ctx.now.getTime() + Math.round(performance.now() - started));
  const connection = await ctx.db.write((db) => currentConnection(db, tenantId));
  if (!connection) return { tried: 0, waitMs: null };
  const { id: connectionId, notBefore } = connection;
  if (notBefore && notBefore > ctx.now) return { tried: 0, waitMs: notBefore.getTime() - ctx.now.getTime() };
  const provider = open(tenantId, connection, clock);
  const meters = await ctx.db.write(async (db) => {
    await retireOld(db, tenantId, connectionId, tooOldBefore(ctx.now), tooOldReason, ctx.now);
    return new Map((await listMeterRows(db, tenantId, connectionId)).map((meter) => [meter.id, meter]));
  });

  let tried = 0;
  while (performance.now() - started < longestRunMs) {
    const now = clock();
    const claimed = await ctx.db.write((db) =>
      claimNextExport(db, tenantId, connectionId, {
        now,
        until: new Date(now.getTime() + leaseMs),
        since: new Date(now.getTime() - rememberedMs),
      }),
    );
    if (!claimed) break;
    const meter = meters.get(claimed.meterId);
    if (!meter) break;
    tried += 1;
    const outcome = await put(provider, claimed, meter);
    if (!(await settle(ctx, connectionId, claimed, outcome, clock()))) break;
  }
  const since = new Date(clock().getTime() - rememberedMs);
  const due = await ctx.db.write((db) => nextDue(db, tenantId, connectionId, since));
  return { tried, waitMs: due && Math.max(due.getTime() - clock().getTime(), tried === 0 ? restMs : 0) };
}

function put(provider: BillingProvider, row: Claimed, meter: Meter): Promise<PutOutcome> {
  const { customerId, value, identifier } = row;
  return provider.putUsage({
    eventName: meter.eventName,
    customerKey: meter.customerKey,
    valueKey: meter.valueKey,
    customerId,
    value,
    identifier,
    at: billedAt(row.windowStart),
    requestKey: `${identifier}/${row.attempts}`,
  });
}

/** @returns whether the provider wants more now */
async function settle(
  ctx: Ctx,
  connectionId: string,
  row: Claimed,
  outcome: PutOutcome,
  now: Date,
): Promise<boolean> {
  const tenantId = ctx.tenant.id;
  const key = { tenantId, id: connectionId };
  const tried = { attempts: row.attempts, unsureBefore: row.unsureBefore, triedAt: row.triedAt ?? now };
  const settlement = settleTry(tried, outcome, now);
  await ctx.db.write(async (db) => {
    await settleExport(db, tenantId, row, settlement, now);
    if (outcome.what === "accepted" || outcome.what === "duplicate")
      await changeConnection(db, key, { state: "active", failure: null, notBefore: null, lastOkAt: now });
    if (outcome.what === "later" || outcome.what === "unsure")
      await changeConnection(db, key, { failure: outcome.failure, notBefore: settlement.notBefore });
    if (outcome.what === "denied")
      await changeConnection(db, key, {
        state: "failing",
        failure: outcome.failure,
        notBefore: settlement.notBefore,
      });
  });
  return outcome.what === "accepted" || outcome.what === "duplicate" || outcome.what === "refused";
}
