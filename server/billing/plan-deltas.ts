import type { Measure } from "./schemas";

/** What the ledger holds of an account in an hour. */
export interface LedgerHour {
  accountId: string;
  hour: Date;
  totals: Record<Measure, bigint>;
}

/** What was put into the outbox for an account's hour so far. */
export interface PlannedHour {
  accountId: string;
  hour: Date;
  revision: number;
  total: bigint;
  customerId: string;
}

export interface Delta {
  accountId: string;
  customerId: string;
  hour: Date;
  revision: number;
  value: bigint;
  total: bigint;
}

const keyOf = ({ accountId, hour }: { accountId: string; hour: Date }) =>
  `${hour.toISOString()} ${accountId}`;

/**
 * What is to be sent so that the provider's sum becomes the ledger's: the first revision of an hour is all of it, each later
 * one the signed difference. An hour goes on being billed to whom its first revision was billed, so that one customer is
 * not charged for what is taken back from another.
 * @param customers whom accounts are mapped to; what is not mapped is not planned, unless it was before
 */
export function planDeltas(
  measure: Measure,
  ledger: readonly LedgerHour[],
  planned: readonly PlannedHour[],
  customers: ReadonlyMap<string, string>,
): Delta[] {
  const before = new Map(planned.map((row) => [keyOf(row), row]));
  const there = new Set(ledger.map(keyOf));
  const vanished = planned
    .filter((row) => !there.has(keyOf(row)))
    .map(({ accountId, hour }) => ({ accountId, hour, total: 0n }));
  const totals = [...ledger.map((row) => ({ ...row, total: row.totals[measure] })), ...vanished];
  return totals.flatMap(({ accountId, hour, total }) => {
    const last = before.get(keyOf({ accountId, hour }));
    const customerId = last?.customerId ?? customers.get(accountId);
    const value = total - (last?.total ?? 0n);
    if (customerId === undefined || value === 0n) return [];
    return [{ accountId, customerId, hour, revision: (last?.revision ?? 0) + 1, value, total }];
  });
}
