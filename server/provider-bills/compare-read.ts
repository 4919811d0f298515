import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { figuresOf } from "./figures";
import { finalGapOf, monthsRead } from "./final-gap";
import { forgetGap, saveGap } from "./gap-queries";
import { loadMatch } from "./load-match";
import { findReadable } from "./queries";
import { PullBillInput } from "./schemas";

/**
 * Once a provider was read: holds the months that it may have told something new of against the ledger, and keeps what came
 * out for the alerts. Whoever looks at a month has it compared anew.
 * @returns the months that were compared; none when the connection is gone
 */
export async function compareRead(ctx: Ctx, input: PullBillInput): Promise<{ months: string[] }> {
  requireRight(ctx.actor, "sources:write");
  const { connectionId } = PullBillInput.parse(input);
  const tenantId = ctx.tenant.id;
  const connection = await ctx.db.write((db) => findReadable(db, { tenantId, id: connectionId }));
  if (!connection) return { months: [] };
  const { provider } = connection;
  const months = monthsRead(ctx.now);
  await compareMonths(ctx, provider, months);
  return { months };
}

/** Keeps for the alerts how those months of a bill and the ledger differ now. */
export async function compareMonths(ctx: Ctx, provider: string, months: readonly string[]): Promise<void> {
  const of = { tenantId: ctx.tenant.id, provider };
  for (const month of months) {
    const gap = finalGapOf(figuresOf(await loadMatch(ctx, provider, month)));
    await ctx.db.write((db) =>
      gap === null ? forgetGap(db, { ...of, month }) : saveGap(db, { ...of, month }, gap, ctx.now),
    );
  }
}
