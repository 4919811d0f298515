import type { Usd } from "@/server/prices/decimal";
import {
  type Account,
  addPart,
  type GapPart,
  makeAccounts,
  type NamedRow,
  type RateOf,
  zero,
} from "./account";
import { explainPrices } from "./explain-prices";
import { explainQuantities } from "./explain-quantities";
import type { LedgerCell } from "./ledger-cells";

export interface BillAndLedger {
  /** As the newest reads say. */
  newest: readonly NamedRow[];
  /** Of the days that were final once and say something else now: as they were then. */
  before: readonly NamedRow[];
  ledger: readonly LedgerCell[];
  rateOf: RateOf;
  /** Anthropic's cost report lacks what was bought as priority. */
  lacksPriority: boolean;
}

/** A line without a model (tax, a credit): wholly its own cause. */
export interface ExtraLine {
  day: string;
  description: string;
  usd: Usd;
}

export interface Explained {
  /** By day, model and class. The parts of each add up to bill − ledger, to the last decimal. */
  accounts: Account[];
  extras: ExtraLine[];
}

const ofModel = (day: string, model: string) => JSON.stringify([day, model]);
const listed = ({ listAmount, amount }: NamedRow) => listAmount ?? amount ?? "0";

/** Splits every difference of bill and ledger into its causes. The order in which they are asked for is told in README.md. */
export function explainGaps({ newest, before, ledger, rateOf, lacksPriority }: BillAndLedger): Explained {
  const extras = newest
    .filter(({ kind }) => kind !== "usage")
    .map(({ day, description, amount }) => ({ day, description, usd: zero.plus(amount ?? 0) }));
  const lines = newest.filter(({ kind }) => kind === "usage");
  const chosen = beforeCorrections(
    lines,
    before.filter(({ kind }) => kind === "usage"),
    ledger,
  );
  const all = makeAccounts({ newest: lines, chosen, ledger }, tokenDays(chosen, ledger), rateOf);

  const unknown = unknownAccounts(all, lines);
  for (const account of unknown)
    addPart(account, "unknown_model", account.model, account.chargedUsd.minus(account.ledgerUsd));
  const accounts = all.filter((account) => !unknown.has(account));
  if (lacksPriority) accounts.forEach(leaveOutPriority);
  const uncovered = new Set(lines.filter(({ isCovered }) => !isCovered).map(({ workspace }) => workspace));
  explainQuantities(accounts, uncovered);
  explainPrices(accounts, rateOf);

  const later = listSums(lines);
  for (const account of all) {
    const list = later.get(JSON.stringify([account.day, account.model, account.tokenClass])) ?? zero;
    addPart(account, "late_correction", "", list.minus(account.chargedUsd));
    addPart(account, "tier_or_discount", "discount on the list price", account.billUsd.minus(list));
  }
  return { accounts: all, extras };
}

function listSums(lines: readonly NamedRow[]): Map<string, Usd> {
  const sums = new Map<string, Usd>();
  for (const row of lines) {
    const key = JSON.stringify([row.day, row.key, row.tokenClass]);
    sums.set(key, (sums.get(key) ?? zero).plus(listed(row)));
  }
  return sums;
}

/**
 * The lines to be explained: where a later read of a day and model went away from the ledger, those of before; the way from
 * there to the newest is the correction. Where it came nearer, the correction is no cause of what is left.
 */
function beforeCorrections(
  newest: readonly NamedRow[],
  before: readonly NamedRow[],
  ledger: readonly LedgerCell[],
): NamedRow[] {
  const correctedDays = new Set(before.map(({ day }) => day));
  const sums = (rows: readonly NamedRow[]) => {
    const found = new Map<string, Usd>();
    for (const row of rows) {
      const key = ofModel(row.day, row.key);
      found.set(key, (found.get(key) ?? zero).plus(listed(row)));
    }
    return found;
  };
  const [now, then] = [sums(newest), sums(before)];
  const booked = new Map<string, Usd>();
  for (const { day, model, costUsd } of ledger)
    booked.set(ofModel(day, model), (booked.get(ofModel(day, model)) ?? zero).plus(costUsd));
  const isThen = (row: NamedRow) => {
    if (!correctedDays.has(row.day)) return false;
    const key = ofModel(row.day, row.key);
    const gap = (usd: Usd | undefined) => (usd ?? zero).minus(booked.get(key) ?? zero).abs();
    return gap(now.get(key)).gt(gap(then.get(key)));
  };
  return [...newest.filter((row) => !isThen(row)), ...before.filter(isThen)];
}

/** Days whose bill tells tokens; a day that has no line is told as the others are. */
function tokenDays(rows: readonly NamedRow[], ledger: readonly LedgerCell[]): Set<string> {
  const told = new Set(rows.filter(({ basis }) => basis === "usage").map(({ day }) => day));
  const costs = rows.filter(
    ({ basis, tokenClass }) => basis === "cost" && tokenClass !== "tool" && tokenClass !== "other",
  );
  const billed = new Set(costs.map(({ day }) => day));
  for (const day of billed) if (costs.every((row) => row.day !== day || row.quantity !== null)) told.add(day);
  if (told.size > 0 || billed.size === 0) for (const { day } of ledger) if (!billed.has(day)) told.add(day);
  return told;
}

/** Models that the price book does not know, and that only the bill or only the ledger has. */
function unknownAccounts(accounts: readonly Account[], lines: readonly NamedRow[]): Set<Account> {
  const billed = new Set(lines.map(({ key }) => key));
  const called = new Set(
    accounts
      .filter(({ quantities }) => [...quantities.values()].some(({ ledger }) => !ledger.isZero()))
      .map(({ model }) => model),
  );
  return new Set(
    accounts.filter(
      ({ model, isKnown }) => model !== "" && !isKnown && !(billed.has(model) && called.has(model)),
    ),
  );
}

/** What was bought as priority is paid by a commitment, and stands on no line. */
function leaveOutPriority(account: Account): void {
  const priority = account.quantities.get("priority");
  if (!priority) return;
  addPart(account, "tier_or_discount", "priority is not on the cost report", priority.ledger.times(priority.rate).neg().toDecimalPlaces(18)); // prettier-ignore
  account.quantities.delete("priority");
}

/** Parts of many accounts, by cause and subject, the largest first. */
export function sumParts(accounts: readonly Account[], extras: readonly ExtraLine[]): GapPart[] {
  const sums = new Map<string, GapPart>();
  const add = ({ cause, subject, usd }: GapPart) => {
    const key = JSON.stringify([cause, subject]);
    const known = sums.get(key);
    if (known) known.usd = known.usd.plus(usd);
    else sums.set(key, { cause, subject, usd });
  };
  for (const { parts } of accounts) parts.forEach(add);
  for (const { description, usd } of extras) add({ cause: "tax_or_credit", subject: description, usd });
  return [...sums.values()]
    .filter(({ usd }) => !usd.isZero())
    .sort((one, other) => other.usd.abs().comparedTo(one.usd.abs()) || (one.cause < other.cause ? -1 : 1));
}
