import type { Finding } from "./classify";
import { merge } from "./classify";
import type { ExportRow } from "./export-row-query";
import type { LedgerHour } from "./plan-deltas";
import type { Measure } from "./schemas";
import { windowEnd } from "./window";

const dayOf = (hour: Date) => hour.toISOString().slice(0, 10);
const unknownMeter = new Set(["no_meter", "archived_meter"]);

/**
 * What of the ledger never became usage at the provider, by customer and day of UTC: hours that nobody put into the outbox,
 * rows that wait too long, that were refused or came too late.
 * @param dueBefore hours that ended before then should be there
 */
export function findUnsent(
  measure: Measure,
  ledger: readonly LedgerHour[],
  rows: readonly ExportRow[],
  customers: ReadonlyMap<string, string>,
  dueBefore: Date,
): Finding[] {
  const findings: Finding[] = [];
  const planned = new Map<string, ExportRow>();
  for (const row of rows) planned.set(`${row.accountId} ${row.windowStart.toISOString()}`, row);
  const seen = new Set<string>();
  for (const { accountId, hour, totals } of ledger) {
    const key = `${accountId} ${hour.toISOString()}`;
    seen.add(key);
    const last = planned.get(key);
    const customerId = last?.customerId ?? customers.get(accountId);
    const total = totals[measure];
    if (customerId === undefined || windowEnd(hour) > dueBefore || total === (last?.total ?? 0n)) continue;
    findings.push(unplanned(customerId, hour, accountId, total, last?.total ?? 0n));
  }
  for (const [key, { accountId, customerId, windowStart, total }] of planned)
    if (!seen.has(key) && total !== 0n && windowEnd(windowStart) <= dueBefore)
      findings.push(unplanned(customerId, windowStart, accountId, 0n, total));
  for (const row of rows) {
    const { customerId, windowStart, value, state, failure } = row;
    const base = { customerId, day: dayOf(windowStart), ledger: value, exported: 0n, billed: null };
    const why = `${value} of ${row.accountId} at ${windowStart.toISOString().slice(0, 13)}:00: ${failure ?? "not sent yet."}`;
    if (state === "refused")
      findings.push({
        ...base,
        class: unknownMeter.has(row.failureCode ?? "") ? "unknown_meter" : "refused",
        reason: why,
      });
    else if (state === "too_old") findings.push({ ...base, class: "late", reason: why });
    else if ((state === "pending" || state === "unknown") && row.createdAt < dueBefore)
      findings.push({ ...base, class: "not_sent", reason: why });
  }
  // What came too late and was taken back too late comes to nothing.
  return merge(findings).filter((found) => found.class !== "late" || found.ledger !== 0n);
}

function unplanned(
  customerId: string,
  hour: Date,
  accountId: string,
  ledger: bigint,
  exported: bigint,
): Finding {
  const reason = `The ledger holds ${ledger} of ${accountId} at ${hour.toISOString().slice(0, 13)}:00, the outbox ${exported}.`;
  return { customerId, day: dayOf(hour), class: "not_sent", ledger, exported, billed: null, reason };
}
