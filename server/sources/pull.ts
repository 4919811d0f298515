import { OutboundFailure } from "@/server/clients/outbound-failure";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError, isDomainError } from "@/server/errors";
import { pullLangfuse } from "./pull-langfuse";
import { pullPlausible } from "./pull-plausible";
import { findPullable, type PullableConnection, saveFailure, saveWait } from "./queries";
import { failuresUntilFailing, PullInput } from "./schemas";

/** What we wait when a source does not say how long, and at least when it says at once. */
const usualWaitSeconds = 60;

export interface PullResult {
  /** There is more to pull now. */
  more: boolean;
  /** The source wants us to come back not before this many seconds. */
  waitSeconds: number | null;
}

const ended: PullResult = { more: false, waitSeconds: null };
const pulls = { langfuse: pullLangfuse, plausible: pullPlausible } satisfies Record<
  PullableConnection["kind"],
  unknown
>;

/**
 * Pulls a part of what is new at a source. What goes wrong there is written down for the tenant, and is no error of ours; a
 * pull that is repeated changes nothing.
 * @throws DomainError NOT_FOUND, UNAVAILABLE (ours, try again)
 */
export async function pullSource(ctx: Ctx, input: PullInput): Promise<PullResult> {
  requireRight(ctx.actor, "sources:write");
  const { connectionId } = PullInput.parse(input);
  const id = { tenantId: ctx.tenant.id, id: connectionId };
  const connection = await ctx.db.rollup((db) => findPullable(db, id));
  if (!connection) throw new DomainError("NOT_FOUND", "There is no such connection.");
  if (connection.state === "paused") return ended;
  if (connection.waitUntil && connection.waitUntil > ctx.now)
    return { more: true, waitSeconds: secondsUntil(connection.waitUntil, ctx.now) };
  try {
    const { more } = await pulls[connection.kind](ctx, connection);
    return { more, waitSeconds: null };
  } catch (error) {
    if (error instanceof OutboundFailure && error.fault === "rate") {
      const seconds = Math.max(error.retryAfterSeconds ?? usualWaitSeconds, 1);
      const until = new Date(ctx.now.getTime() + seconds * 1_000);
      await ctx.db.rollup((db) => saveWait(db, id, until, ctx.now));
      return { more: true, waitSeconds: seconds };
    }
    const sentence = sentenceOf(error);
    if (sentence === null) throw error;
    const failure = { sentence, at: ctx.now, untilFailing: failuresUntilFailing };
    await ctx.db.rollup((db) => saveFailure(db, id, failure));
    return ended;
  }
}

const secondsUntil = (then: Date, now: Date) => Math.ceil((then.getTime() - now.getTime()) / 1_000);

/** Null for what is our own trouble, after which the job tries again. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof OutboundFailure) return error.message;
  return isDomainError(error) && error.code === "CONFLICT" ? error.message : null;
}
