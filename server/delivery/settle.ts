import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { mailIsConfigured } from "@/server/clients/email";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { backOffMs, givesUp } from "./back-off";
import type { Claimed } from "./claim-next";
import { failWaiting, insertDeliveries, markSent, markTried } from "./delivery-queries";
import type { Outcome } from "./outcome";
import { disabledMessage } from "./own-messages";
import { changeDestination, type Destination, type DestinationChange, lockDestination } from "./queries";
import { failuresUntilDisabled, paceMs } from "./schemas";
import { senderOf } from "./sender";

const later = (at: Date, ms: number) => new Date(at.getTime() + ms);
const latest = (...instants: (Date | null)[]) =>
  new Date(Math.max(...instants.map((at) => at?.getTime() ?? 0)));

export interface Tried {
  /** When the request went out, and when it was answered. */
  sentAt: Date;
  answeredAt: Date;
}

/** Writes down what became of a try: of the message, and of its destination. */
export async function settleDelivery(
  ctx: Ctx,
  { delivery, destination: { id } }: Claimed,
  outcome: Outcome,
  tried: Tried,
): Promise<void> {
  const key = { tenantId: ctx.tenant.id, id };
  const attempt = { tenantId: ctx.tenant.id, id: delivery.id, attempts: delivery.attempts };
  await ctx.db.write(async (db) => {
    const destination = await lockDestination(db, key);
    if (!destination) return;
    // By mail to people, wherever the destination leads: its fate is not told by it.
    if (delivery.kind === "notice") return settleMessage(db, attempt, delivery, outcome, tried.answeredAt);
    const pace = latest(destination.notBefore, later(tried.sentAt, paceMs));
    await settleMessage(db, attempt, delivery, outcome, tried.answeredAt);
    if (outcome.what === "sent") {
      await changeDestination(db, key, {
        lastOkAt: tried.answeredAt,
        failure: null,
        failures: 0,
        notBefore: pace,
      });
      return;
    }
    const { failure } = outcome;
    const again = nextTry(delivery, outcome, tried.answeredAt);
    // Whoever presses the test button is there to see, and to decide.
    const isTest = delivery.kind === "test";
    const failures = destination.failures + (again === null && !isTest ? 1 : 0);
    const change: DestinationChange = {
      failure,
      failedAt: tried.answeredAt,
      failures,
      // Whoever could not take one message gets no other before it is tried again.
      notBefore: latest(pace, again),
    };
    const reason = isTest ? null : reasonToDisable(outcome, failures);
    if (reason === null || destination.state === "disabled") await changeDestination(db, key, change);
    else await disable(db, ctx, destination, change, reason, tried.answeredAt);
  });
}

async function settleMessage(
  db: Db,
  attempt: { tenantId: string; id: string; attempts: number },
  delivery: Claimed["delivery"],
  outcome: Outcome,
  now: Date,
): Promise<void> {
  if (outcome.what === "sent") return markSent(db, attempt, now);
  const again = nextTry(delivery, outcome, now);
  const { failure } = outcome;
  const result =
    again === null
      ? { state: "failed" as const, failure }
      : { state: "waiting" as const, failure, notBefore: again };
  return markTried(db, attempt, result);
}

/** When to try again; null: never. */
function nextTry(
  delivery: Claimed["delivery"],
  outcome: Exclude<Outcome, { what: "sent" }>,
  now: Date,
): Date | null {
  if (outcome.what === "refused" || outcome.what === "gone" || delivery.kind === "test") return null;
  if (outcome.what === "unsure" && delivery.guarantee === "at_most_once") return null;
  if (givesUp(delivery, now)) return null;
  const asked = outcome.what === "later" ? outcome.waitSeconds : null;
  return later(now, asked === null ? backOffMs(delivery.attempts) : Math.max(asked, 1) * 1_000);
}

function reasonToDisable(outcome: Exclude<Outcome, { what: "sent" }>, failures: number): string | null {
  if (outcome.what === "gone") return outcome.failure;
  if (failures < failuresUntilDisabled) return null;
  return `${failuresUntilDisabled} messages in a row could not be delivered. The last one: ${outcome.failure}`;
}

/** Nothing more is sent there until somebody switches it on again; and somebody is told. */
async function disable(
  db: Db,
  ctx: Ctx,
  destination: Destination,
  change: DestinationChange,
  reason: string,
  now: Date,
): Promise<void> {
  const tenantId = ctx.tenant.id;
  const { id, name } = destination;
  await changeDestination(db, { tenantId, id }, { ...change, state: "disabled", reason });
  await failWaiting(db, tenantId, id, `The destination was switched off. ${reason}`);
  if (mailIsConfigured) {
    const notice = randomUUID();
    await insertDeliveries(db, [
      {
        tenantId,
        id: notice,
        destinationId: id,
        kind: "notice",
        key: `notice:${notice}`,
        message: disabledMessage(name, reason, senderOf(ctx)),
        guarantee: "at_least_once",
        state: "waiting",
        now,
      },
    ]);
  }
  await recordAudit(db, ctx, { action: "destination.disabled", subject: id, after: { name, reason } });
}
