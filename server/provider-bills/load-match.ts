import { addDays, localDay } from "@/server/calendar/local-day";
import { loadTenantBook } from "@/server/contracts/load-tenant-book";
import type { TenantBook } from "@/server/contracts/tenant-book";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import type { Bucket } from "@/server/prices/buckets";
import { currentBook } from "@/server/prices/load-book";
import { Usd } from "@/server/prices/decimal";
import { type Service, services } from "@/server/prices/service";
import type { NamedRow, RateOf } from "./account";
import { type BilledRow, listBilled, listDayReads, streamsOf } from "./bill-query";
import { type DayState, stateOfDay } from "./day-reads";
import { explainGaps, type Explained } from "./explain";
import { type LedgerCell, ledgerCells, tierStartsOf, unitRate } from "./ledger-cells";
import { calledModels, listLedger } from "./ledger-query";
import { isBilledBy, modelKeyOf } from "./model-key";
import { listBillConnections } from "./queries";
import { BillSettings, type TokenClass } from "./schemas";

export interface LoadedDay {
  day: string;
  /** Null: never read. */
  state: DayState | null;
  /** What the bill said before the provider corrected it; null where it did not. */
  beforeUsd: Usd | null;
}

export interface LoadedMonth extends Explained {
  /** Every day of the month that is over. */
  days: LoadedDay[];
  /** Models of the bill that the price book does not know, and those of calls. */
  unmatched: { bill: string[]; ledger: string[] };
}

const bucketOf: Partial<Record<TokenClass, Bucket>> = {
  input: "freshInputTokens",
  cache_read: "cacheReadTokens",
  cache_write_5m: "cacheWrite5mTokens",
  cache_write_1h: "cacheWrite1hTokens",
  audio_input: "audioInputTokens",
  output: "visibleOutputTokens",
  audio_output: "audioOutputTokens",
};

/** The days of a UTC month that are over. */
export function daysOfMonth(month: string, now: Date): string[] {
  const today = localDay(now, "UTC");
  const days: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month) && day < today; day = addDays(day, 1)) days.push(day);
  return days;
}

/**
 * A month of a provider's bill beside the ledger, every difference explained. A day on either side is looked at, too, for
 * what was booked over midnight; days that were never read are compared with nothing.
 */
export async function loadMatch(ctx: Ctx, provider: string, month: string): Promise<LoadedMonth> {
  const tenantId = ctx.tenant.id;
  const days = daysOfMonth(month, ctx.now);
  const [first = `${month}-01`, last = first] = [days[0], days.at(-1)];
  const stretch = { tenantId, first: addDays(first, -1), last: addDays(last, 1) };
  const book = await loadTenantBook(ctx, await currentBook(ctx.now));
  return ctx.db.read(async (db) => {
    const connections = await listBillConnections(db, tenantId);
    const live = new Set(connections.map(({ id }) => id));
    const reads = await listDayReads(db, { ...stretch, provider });
    const states = new Map<string, DayState>();
    for (const day of new Set(reads.map((read) => read.day))) {
      const state = stateOfDay(
        reads.filter((read) => read.day === day),
        live,
      );
      if (state) states.set(day, state);
    }
    const wanted = wantedOf(states);
    const rows = await listBilled(db, tenantId, [...wanted.newest, ...wanted.before]);
    const streams = await streamsOf(db, tenantId, [...new Set(rows.map(({ pullId }) => pullId))]);
    const covers = new Map(connections.map(({ id, settings }) => [id, BillSettings.parse(settings).covers]));
    const named = rows.map((row) =>
      nameRow(row, provider, covers.get(streams.get(row.pullId) ?? "") ?? null),
    );
    const isOf = (places: typeof wanted.newest) => {
      const keys = new Set(places.map(({ pullId, day }) => `${pullId} ${day}`));
      return (row: NamedRow) => keys.has(`${row.pullId} ${row.day}`);
    };

    const cells = await ledgerOf(db, { tenantId, book, provider, days: new Set(states.keys()) });
    const usesAnalytics = connections.some((one) => BillSettings.parse(one.settings).netOfDiscounts);
    const corrected = named.filter(isOf(wanted.before));
    const { accounts, extras } = explainGaps({
      newest: named.filter(isOf(wanted.newest)),
      before: corrected,
      ledger: cells,
      rateOf: rateOf(book, provider),
      lacksPriority: provider === "anthropic" && !usesAnalytics,
    });
    const inMonth = ({ day }: { day: string }) => day >= first && day <= last;
    const unknown = (all: readonly { key: string; isKnown: boolean }[]) =>
      [...new Set(all.filter(({ key, isKnown }) => key !== "" && !isKnown).map(({ key }) => key))].sort();
    const beforeOf = (day: string) =>
      states.get(day)?.isCorrected
        ? corrected
            .filter((row) => row.day === day)
            .reduce((sum, { amount }) => sum.plus(amount ?? 0), new Usd(0))
        : null;
    return {
      days: days.map((day) => ({ day, state: states.get(day) ?? null, beforeUsd: beforeOf(day) })),
      accounts: accounts.filter(inMonth),
      extras: extras.filter(inMonth),
      unmatched: {
        bill: unknown(named.filter(inMonth)),
        ledger: unknown(cells.filter(inMonth).map(({ model, isKnown }) => ({ key: model, isKnown }))),
      },
    };
  });
}

/** The ledger's side of these days alone: nothing else is read, however many calls the month has. */
async function ledgerOf(
  db: Db,
  {
    tenantId,
    book,
    provider,
    days,
  }: { tenantId: string; book: TenantBook; provider: string; days: Set<string> },
): Promise<LedgerCell[]> {
  const sorted = [...days].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const models = await calledModels(db, { tenantId, first, last });
  const tierStarts = tierStartsOf(book, models);
  // Those who are known not to be meant: whoever was not rolled up yet may be.
  const others = [...new Set(models.map((one) => one.provider))].filter(
    (sent) => !isBilledBy(provider, sent),
  );
  const called = await listLedger(db, { tenantId, first, last, others }, tierStarts);
  return ledgerCells(book, provider, called, tierStarts).filter(({ day }) => days.has(day));
}

/** Whose lines are asked for: those that count, and of days that were corrected those of before. */
function wantedOf(states: ReadonlyMap<string, DayState>) {
  const newest = [...states].flatMap(([day, { pulls }]) => pulls.map((pullId) => ({ pullId, day })));
  const before = [...states].flatMap(([day, { pulls, before: then, isCorrected }]) =>
    isCorrected ? pulls.map((pullId, at) => ({ pullId: then[at] ?? pullId, day })) : [],
  );
  return { newest, before };
}

function nameRow(row: BilledRow, provider: string, covers: readonly string[] | null): NamedRow {
  const { key, isKnown } = row.model === "" ? { key: "", isKnown: true } : modelKeyOf(provider, row.model);
  const isCovered = covers === null || row.workspace === "" || covers.includes(row.workspace);
  return { ...row, key, isKnown, isCovered };
}

/** The book's rates, for what the ledger has no call of. */
function rateOf(book: TenantBook, provider: string): RateOf {
  return ({ day, model, tokenClass }, sold) => {
    const bucket = bucketOf[tokenClass];
    const service = (services as readonly string[]).includes(sold) ? (sold as Service) : "standard";
    const applied = book.rates({
      provider,
      model,
      feature: null,
      region: null,
      occurredAt: new Date(`${day}T12:00:00Z`),
      batch: service === "batch",
      serviceTier: service,
    });
    const rate = applied && bucket ? unitRate(applied.rates, service, bucket, 0) : null;
    return rate && applied ? rate.times(applied.factor) : null;
  };
}
