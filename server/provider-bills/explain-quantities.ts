import type { Usd } from "@/server/prices/decimal";
import { Usd as Exact } from "@/server/prices/decimal";
import { services } from "@/server/prices/service";
import { type Account, type Quantity, take, zero } from "./account";
import { explainCategories } from "./explain-categories";
import { shiftsOf } from "./shift";

const order = (service: string) => (services as readonly string[]).indexOf(service);
const leftOf = ({ quantities }: Account) =>
  [...quantities.values()].reduce((sum, { left }) => sum.plus(left), zero);
const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string) => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};
export const ofModelDay = ({ day, model }: Account) => JSON.stringify([day, model]);

/** Gives each difference in quantity its cause, the best proved first (README.md). */
export function explainQuantities(accounts: readonly Account[], uncovered: ReadonlySet<string>): void {
  explainUnpriced(accounts);
  for (const workspace of uncovered) takeWorkspace(accounts, workspace);
  for (const workspace of missingWorkspaces(accounts)) takeWorkspace(accounts, workspace);
  accounts.forEach(explainTiers);
  explainShifts(accounts);
  for (const group of groupBy(accounts, ofModelDay).values()) explainCategories(group);
  explainRest(accounts);
}

/** Tokens whose price nobody knows are in the ledger and cost nothing there: the bill says what they cost. */
function explainUnpriced(accounts: readonly Account[]): void {
  for (const account of accounts) {
    const billed = [...account.quantities.values()].reduce(
      (sum, quantity) => sum.plus(quantity.billed),
      zero,
    );
    for (const quantity of account.quantities.values()) {
      if (!account.byTokens || quantity.unpriced.isZero() || billed.isZero()) continue;
      const rate = account.chargedUsd.div(billed);
      take(account, { ...quantity, rate, left: zero }, quantity.unpriced, "unknown_model", account.model);
    }
  }
}

/** Everything that was billed for a project, as far as the ledger lacks it. */
function takeWorkspace(accounts: readonly Account[], workspace: string): void {
  for (const account of accounts)
    for (const quantity of account.quantities.values()) {
      const units = quantity.byWorkspace.get(workspace);
      if (units) take(account, quantity, units, "coverage", workspace);
    }
}

/** Of the accounts of a project, in how many the ledger must lack its tokens whatever they were sold as. */
const mostly = 0.75;

/**
 * Projects of which the ledger has nothing, found by what it lacks: wherever the project stands on the bill, at least as much
 * as it used. One day alone proves nothing, nor do tokens that the ledger has as another service.
 */
function missingWorkspaces(accounts: readonly Account[]): string[] {
  const items = accounts.flatMap((account) =>
    [...account.quantities.values()].map((quantity) => ({ account, quantity, lacking: quantity.left })),
  );
  const totals = new Map<string, Usd>();
  for (const { quantity } of items)
    for (const [workspace, units] of quantity.byWorkspace)
      totals.set(workspace, (totals.get(workspace) ?? zero).plus(units.times(quantity.rate)));
  const largestFirst = [...totals].sort(
    ([one, its], [other, their]) => their.comparedTo(its) || (one < other ? -1 : 1),
  );
  const missing: string[] = [];
  for (const [workspace] of largestFirst) {
    const used = items.filter(({ quantity }) => quantity.byWorkspace.get(workspace)?.gt(0));
    const unitsOf = ({ quantity }: (typeof items)[number]) => quantity.byWorkspace.get(workspace) ?? zero;
    const days = new Set(used.map(({ account }) => account.day));
    if (workspace === "" || days.size < 2 || !used.every((item) => item.lacking.gte(unitsOf(item)))) continue;
    const of = groupBy(used, ({ account }) =>
      JSON.stringify([account.day, account.model, account.tokenClass]),
    );
    const lacksAll = [...of.values()].filter((group) => {
      const all = items.filter(({ account }) => account === group[0]?.account);
      const sum = (amounts: Usd[]) => amounts.reduce((total, units) => total.plus(units), zero);
      return sum(all.map(({ lacking }) => lacking)).gte(sum(group.map(unitsOf)));
    });
    if (lacksAll.length < of.size * mostly) continue;
    for (const item of used) item.lacking = item.lacking.minus(unitsOf(item));
    missing.push(workspace);
  }
  return missing;
}

/** The same tokens, sold as another service than the ledger says. */
function explainTiers(account: Account): void {
  if (!account.byTokens) return;
  const sold = [...account.quantities].sort(([one], [other]) => order(one) - order(other));
  for (const [more, higher] of sold)
    for (const [less, lower] of sold) {
      if (higher.left.lte(0) || lower.left.gte(0)) continue;
      const units = Exact.min(higher.left, lower.left.neg());
      const subject = `${less} billed as ${more}`;
      take(account, higher, units, "tier_or_discount", subject);
      take(account, lower, units.neg(), "tier_or_discount", subject);
    }
}

function explainShifts(accounts: readonly Account[]): void {
  const items = accounts.flatMap((account) =>
    [...account.quantities].map(([service, quantity]) => ({ account, service, quantity })),
  );
  const keyOf = ({ account, service }: (typeof items)[number]) =>
    JSON.stringify([account.model, account.tokenClass, service, account.byTokens]);
  for (const series of groupBy(items, keyOf).values()) {
    const days = series
      .map(({ account, quantity }) => ({
        day: account.day,
        left: quantity.left,
        volume: Exact.max(quantity.billed, quantity.ledger),
      }))
      .sort((one, other) => (one.day < other.day ? -1 : 1));
    const shifts = shiftsOf(days);
    for (const { account, quantity } of series) {
      const units = shifts.get(account.day);
      if (units) take(account, quantity, units, "time_zone", "");
    }
  }
}

const outputs = new Set(["output", "audio_output"]);

/** What is left: calls that the ledger lacks, if their input lacks, too; else nobody knows. */
function explainRest(accounts: readonly Account[]): void {
  const emptyDays = new Set(accounts.map(({ day }) => day));
  for (const { day, ledgerUsd, quantities } of accounts)
    if (!ledgerUsd.isZero() || [...quantities.values()].some(({ ledger }) => !ledger.isZero()))
      emptyDays.delete(day);
  for (const group of groupBy(accounts, ofModelDay).values()) {
    const hasNone = group.every(({ ledgerUsd }) => ledgerUsd.isZero());
    const lacksInput = group.some(
      (account) => account.byTokens && !outputs.has(account.tokenClass) && leftOf(account).gt(0),
    );
    for (const account of group)
      for (const quantity of account.quantities.values())
        restOf(account, quantity, { hasNone, lacksInput, emptyDays });
  }
}

function restOf(
  account: Account,
  quantity: Quantity,
  {
    hasNone,
    lacksInput,
    emptyDays,
  }: { hasNone: boolean; lacksInput: boolean; emptyDays: ReadonlySet<string> },
): void {
  if (quantity.left.isZero()) return;
  const isMissing =
    quantity.left.gt(0) && account.tokenClass !== "other" && (account.byTokens ? lacksInput : hasNone);
  const subject = isMissing
    ? emptyDays.has(account.day)
      ? "no calls on this day"
      : "calls that the ledger lacks"
    : "";
  take(account, quantity, quantity.left, isMissing ? "coverage" : "unexplained", subject);
}
