import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { ledgerSpan } from "./queries";

export interface IngestStatus {
  firstCallAt: string | null;
  lastCallAt: string | null;
  lastReceivedAt: string | null;
}

/** Whether calls arrive: what "waiting for your first call" waits for. */
export async function ingestStatus(ctx: Ctx): Promise<IngestStatus> {
  requireRight(ctx.actor, "calls:read");
  const span = await ctx.db.read((db) => ledgerSpan(db, ctx.tenant.id));
  return {
    firstCallAt: span.firstCallAt?.toISOString() ?? null,
    lastCallAt: span.lastCallAt?.toISOString() ?? null,
    lastReceivedAt: span.lastReceivedAt?.toISOString() ?? null,
  };
}
