import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { checkLines } from "./check-lines";
import { classifyGaps, type Finding, type Gap, merge } from "./classify";
import { openProvider, type OpenProvider } from "./credentials";
import { saveFindings } from "./difference-queries";
import {
  acceptedBetween,
  exportsBetween,
  moveExports,
  oldestUnconfirmed,
  type OldUsage,
  oldUsage,
} from "./export-queries";
import type { ExportRow } from "./export-row-query";
import { findUnsent } from "./find-unsent";
import type { BillingProvider, ProviderInvoiceLine } from "./port";
import { changeConnection, currentConnection, listMappings, listMeterRows, type Meter } from "./queries";
import { tooOldReason } from "./reasons";
import { ledgerHours } from "./usage-query";
import { dayMs, hourMs, settledMs } from "./window";

/** What Stripe still takes usage for. */
const lookBackDays = 36;
/** After it is final, usage may take this long to leave. */
const graceMs = 6 * hourMs;
/** Of customers that nobody is mapped to, how many are asked where usage is lacking. */
const mostStrangers = 50;

export interface Compared {
  confirmed: number;
  differences: number;
}

/**
 * Holds ledger, outbox, the provider's sums and its invoices against each other, for each meter, customer and day. What the
 * sums hold is confirmed; what differs, and was not sent so recently that the sums may lag, becomes a row with its reason.
 * @throws OutboundFailure when the provider does not say
 */
export async function compareBilling(ctx: Ctx, open: OpenProvider = openProvider): Promise<Compared> {
  requireRight(ctx.actor, "billing:write");
  const tenantId = ctx.tenant.id;
  const known = await ctx.db.write(async (db) => {
    const connection = await currentConnection(db, tenantId);
    if (!connection) return null;
    const mappings = await listMappings(db, tenantId, connection.id);
    return { connection, mappings, meters: await listMeterRows(db, tenantId, connection.id) };
  });
  const compared: Compared = { confirmed: 0, differences: 0 };
  if (!known) return compared;
  const { connection, mappings } = known;
  const provider = open(tenantId, connection, () => ctx.now);
  const active = new Set((await provider.listMeters()).filter((one) => one.active).map(({ id }) => id));
  const customers = new Map(mappings.map(({ accountId, customerId }) => [accountId, customerId]));
  const invoices = invoicesOf(provider, ctx.now);
  for (const meter of known.meters) {
    const { confirmed, findings, since } = await compareMeter(ctx, provider, meter, customers, invoices);
    if (!active.has(meter.providerMeter) && meter.endsAt === null)
      findings.push({ customerId: "", day: ctx.now.toISOString().slice(0, 10), class: "unknown_meter", ledger: null, exported: null, billed: null, reason: `Stripe has no active meter ${meter.providerMeter} (${meter.eventName}).` }); // prettier-ignore
    await ctx.db.write(async (db) => {
      await moveExports(db, tenantId, confirmed, "sent", { state: "confirmed", settledAt: ctx.now });
      const key = { tenantId, connectionId: connection.id, meterId: meter.id, owner: meter.createdBy };
      await saveFindings(db, key, findings, { since, now: ctx.now });
    });
    compared.confirmed += confirmed.length;
    compared.differences += findings.length;
  }
  await ctx.db.write((db) => changeConnection(db, { tenantId, id: connection.id }, { comparedAt: ctx.now }));
  return compared;
}

const dayOf = (at: Date) => new Date(Math.floor(at.getTime() / dayMs) * dayMs);

/** Whole days of UTC that are looked at each time. */
function lookedAt(now: Date): { from: Date; to: Date } {
  const today = dayOf(now).getTime();
  return { from: new Date(today - lookBackDays * dayMs), to: new Date(today + dayMs) };
}

/** A customer's invoices are the same for every meter: they are asked for once. */
function invoicesOf(provider: BillingProvider, now: Date) {
  const known = new Map<string, Promise<ProviderInvoiceLine[]>>();
  return (customerId: string) => {
    const lines = known.get(customerId) ?? provider.listInvoiceLines({ customerId, ...lookedAt(now) });
    known.set(customerId, lines);
    return lines;
  };
}

async function compareMeter(
  ctx: Ctx,
  provider: BillingProvider,
  meter: Meter,
  customers: ReadonlyMap<string, string>,
  invoices: (customerId: string) => Promise<ProviderInvoiceLine[]>,
): Promise<{ confirmed: string[]; findings: Finding[]; since: string }> {
  const tenantId = ctx.tenant.id;
  const { from: usual, to } = lookedAt(ctx.now);
  // What was sent and never confirmed is looked for however long ago that is: a month waits for it.
  const oldest = await ctx.db.write((db) => oldestUnconfirmed(db, tenantId, meter.id));
  const from = dayOf(
    new Date(Math.max(meter.startsAt.getTime(), Math.min(usual.getTime(), oldest?.getTime() ?? Infinity))),
  );
  const since = from.toISOString().slice(0, 10);
  const { rows, ledger, old } = await ctx.db.write(async (db) => {
    const found = await exportsBetween(db, tenantId, meter.id, { from, to });
    const accounts = new Set([...customers.keys(), ...found.map(({ accountId }) => accountId)]);
    return {
      rows: found,
      ledger: await ledgerHours(db, tenantId, { from, to }, [...accounts], meter),
      old: await oldUsage(db, tenantId, meter.id, from),
    };
  });
  const whom = new Set([...customers.values(), ...rows.map(({ customerId }) => customerId)]);
  const gaps: Gap[] = [];
  const confirmed: string[] = [];
  const settledBefore = new Date(ctx.now.getTime() - settledMs);
  for (const customerId of whom) {
    const own = rows.filter((row) => row.customerId === customerId && isAccepted(row));
    const look = await hoursThatDiffer(provider, meter, customerId, own, { from, to });
    confirmed.push(...look.equal.filter(({ state }) => state === "sent").map(({ id }) => id));
    gaps.push(...look.gaps.filter(({ newest }) => newest === null || newest <= settledBefore));
  }
  if (gaps.some(({ gap }) => gap < 0n)) gaps.push(...(await strangersGaps(provider, meter, whom, gaps)));
  const latency = ctx.tenant.latencyBufferMinutes * 60_000;
  const due = new Date(ctx.now.getTime() - latency - graceMs);
  const findings = [
    ...classifyGaps(gaps),
    ...findUnsent(meter.measure, ledger, rows, customers, due),
    ...old.map(tooLate),
  ];
  for (const customerId of whom)
    for (const line of await invoices(customerId)) {
      if (line.meterId !== meter.providerMeter) continue;
      const period = { meterId: meter.id, customerId, from: line.from, to: line.to };
      const counted = await ctx.db.write((db) => acceptedBetween(db, tenantId, period));
      findings.push(...checkLines([line], meter.unitAmount, () => counted));
    }
  return { confirmed, findings: merge(findings), since };
}

/** What came too late for the meter, of days that are not looked at hour by hour any more. */
function tooLate({ customerId, day, accountIds, hours, value }: OldUsage): Finding {
  const whose = `${accountIds.slice(0, 5).join(", ")}${accountIds.length > 5 ? " and others" : ""}`;
  const reason = `${String(value)} in ${String(hours)} hours of ${whose}. ${tooOldReason}`;
  return { customerId, day, class: "late", ledger: value, exported: 0n, billed: null, reason };
}

const isAccepted = ({ state }: ExportRow) => state === "sent" || state === "confirmed";
const sumOf = (rows: readonly ExportRow[]) => rows.reduce((total, { value }) => total + value, 0n);
interface HourGap extends Gap {
  /** When the last of it was accepted; null: nothing was. */
  newest: Date | null;
}

/** Days first, and hours only of days that differ or that hold something to be confirmed. */
async function hoursThatDiffer(
  provider: BillingProvider,
  meter: Meter,
  customerId: string,
  rows: readonly ExportRow[],
  range: { from: Date; to: Date },
): Promise<{ equal: ExportRow[]; gaps: HourGap[] }> {
  const meterId = meter.providerMeter;
  const days = await provider.readSums({ meterId, customerId, ...range, by: "day" });
  const sums = new Map(days.map(({ start, value }) => [start.getTime(), value]));
  const equal: ExportRow[] = [];
  const gaps: HourGap[] = [];
  for (let day = range.from.getTime(); day < range.to.getTime(); day += dayMs) {
    const own = rows.filter(({ windowStart: at }) => at.getTime() >= day && at.getTime() < day + dayMs);
    if ((sums.get(day) ?? 0n) === sumOf(own) && own.every(({ state }) => state === "confirmed")) continue;
    const bounds = { from: new Date(day), to: new Date(day + dayMs) };
    const hours = await provider.readSums({ meterId, customerId, ...bounds, by: "hour" });
    const billedBy = new Map(hours.map(({ start, value }) => [start.getTime(), value]));
    for (let hour = day; hour < day + dayMs; hour += hourMs) {
      const there = own.filter(({ windowStart: at }) => at.getTime() === hour);
      const [billed, accepted] = [billedBy.get(hour) ?? 0n, sumOf(there)];
      if (billed === accepted) equal.push(...there);
      else
        gaps.push({
          customerId,
          hour: new Date(hour),
          gap: billed - accepted,
          billed,
          accepted,
          values: there.map(({ value }) => value),
          newest: newestOf(there),
        });
    }
  }
  return { equal, gaps };
}

function newestOf(rows: readonly ExportRow[]): Date | null {
  return rows.reduce<Date | null>(
    (newest, { acceptedAt }) => (acceptedAt && (!newest || acceptedAt > newest) ? acceptedAt : newest),
    null,
  );
}

/** Where usage is lacking, it may stand with a customer whom nobody here is mapped to. */
async function strangersGaps(
  provider: BillingProvider,
  meter: Meter,
  whom: ReadonlySet<string>,
  gaps: readonly Gap[],
): Promise<Gap[]> {
  const { customers } = await provider.listCustomers();
  const strangers = customers.filter(({ id }) => !whom.has(id)).slice(0, mostStrangers);
  const hours = [...new Set(gaps.filter(({ gap }) => gap < 0n).map(({ hour }) => hour.getTime()))].slice(
    0,
    24,
  );
  const found: Gap[] = [];
  for (const { id: customerId } of strangers)
    for (const hour of hours) {
      const bounds = { from: new Date(hour), to: new Date(hour + hourMs) };
      const sums = await provider.readSums({
        meterId: meter.providerMeter,
        customerId,
        ...bounds,
        by: "hour",
      });
      const billed = sums.reduce((total, { value }) => total + value, 0n);
      // Only what explains a lack: what else other customers use is theirs.
      if (gaps.some((one) => one.hour.getTime() === hour && one.gap === -billed))
        found.push({ customerId, hour: new Date(hour), gap: billed, billed, accepted: 0n, values: [] });
    }
  return found;
}
