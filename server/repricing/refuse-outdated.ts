import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { holdBooks } from "@/server/periods/hold-books";
import { appliedSince, hasRunning, type RepricingRun, type RunKey } from "./queries";

/**
 * Before a run is let loose on the ledger: until this transaction ends no month is closed and no other run begins.
 * @returns when a month was closed last
 * @throws DomainError CONFLICT while another run is at it
 */
export async function holdForChange(db: Db, ctx: Ctx): Promise<Date | null> {
  const closedAt = await holdBooks(db, ctx);
  if (await hasRunning(db, ctx.tenant.id)) {
    throw new DomainError("CONFLICT", "A repricing is running; please wait until it has ended.");
  }
  return closedAt;
}

/**
 * What happened since its preview may have made another run of it: other calls to change, or others to correct.
 * @throws DomainError CONFLICT
 */
export async function refuseOutdated(
  db: Db,
  key: RunKey,
  { knownAt }: RepricingRun,
  closedAt: Date | null,
): Promise<void> {
  const outdated = (what: string) => new DomainError("CONFLICT", `${what} Please ask for a new preview.`);
  if (await appliedSince(db, key, knownAt)) throw outdated("Other calls were priced anew meanwhile.");
  if (closedAt && closedAt >= knownAt) throw outdated("A month was closed meanwhile.");
}
