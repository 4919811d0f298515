import { addDays, type LocalDay, localDay, startOfDay } from "@/server/calendar/local-day";
import type { TenantBook } from "@/server/contracts/tenant-book";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import type { Finding, Kind } from "@/server/recommendations/schemas";
import { lookedDays, mostMeasuredDays } from "@/server/recommendations/schemas";
import { stateAndMarks } from "@/server/rollups/freshness-query";
import { readFreshness } from "../freshness";
import type { Built } from "../pieces";
import type { Range } from "../range";

/** What every question of a look is about. */
export interface Looked {
  tenantId: string;
  timeZone: string;
  built: Built;
  book: TenantBook;
  range: Range & { days: NonNullable<Range["days"]> };
  /** Each local day of it. */
  days: readonly LocalDay[];
}

export interface KindLook {
  kind: Kind;
  /** How many there was reason to look at closely. */
  candidates: number;
  /** Those that save enough, the largest saving first. */
  found: Finding[];
}

/** Whole local days, the last one yesterday. */
export function daysBefore(now: Date, timeZone: string, count: number): Looked["range"] {
  const today = localDay(now, timeZone);
  const days = { first: addDays(today, -count), last: addDays(today, -1) };
  return { from: startOfDay(days.first, timeZone), to: startOfDay(today, timeZone), days };
}

export const listDays = ({ first, last }: { first: LocalDay; last: LocalDay }): LocalDay[] => {
  const days: LocalDay[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
};

/** @throws DomainError UNAVAILABLE while the tenant's days are being built anew, for then they are not all there */
export async function lookedAt(ctx: Ctx, book: TenantBook): Promise<Looked> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = daysBefore(ctx.now, timeZone, lookedDays);
  const { built, state } = await ctx.db.read(async (db) => ({
    built: (await readFreshness(db, ctx)).built,
    state: await stateAndMarks(db, tenantId),
  }));
  // Where nothing was ever rolled up there is nothing to wait for.
  if (!built.days && state.timeZone !== null)
    throw new DomainError("UNAVAILABLE", "Days are being built anew; look again in a few minutes.", {
      retryAfterSeconds: 300,
    });
  return { tenantId, timeZone, built, book, range, days: listDays(range.days) };
}

/**
 * The whole local days since a baseline ended with its day of acceptance, at most as many as a month has. Null: none is
 * over.
 * @param baselineLast the last day of the baseline; the next one, of the acceptance itself, is nobody's
 */
export function measuredRange(
  baselineLast: LocalDay,
  now: Date,
  timeZone: string,
): (Looked["range"] & { count: number }) | null {
  const first = addDays(baselineLast, 2);
  const yesterday = addDays(localDay(now, timeZone), -1);
  const end = addDays(first, mostMeasuredDays - 1);
  const last = yesterday < end ? yesterday : end;
  if (last < first) return null;
  const days = { first, last };
  const to = startOfDay(addDays(last, 1), timeZone);
  return { from: startOfDay(first, timeZone), to, days, count: listDays(days).length };
}
