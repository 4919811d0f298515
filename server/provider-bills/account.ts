import { Usd } from "@/server/prices/decimal";
import type { BilledRow } from "./bill-query";
import type { LedgerCell } from "./ledger-cells";
import type { Cause, TokenClass } from "./schemas";

/** A part of a gap, by its cause: positive where the bill is higher. */
export interface GapPart {
  cause: Cause;
  /** What it is about: a project, a line's text; '' where the account says all. */
  subject: string;
  usd: Usd;
}

/** What bill and ledger have of one service. In amounts, where the bill tells no tokens: then a unit is a dollar. */
export interface Quantity {
  billed: Usd;
  ledger: Usd;
  /** The difference that has no cause yet. */
  left: Usd;
  /** USD for one. */
  rate: Usd;
  reasoning: Usd;
  unpriced: Usd;
  /** What was billed for each project or workspace. */
  byWorkspace: Map<string, Usd>;
}

/** One day, model and class: the grain at which a bill is held against the ledger. */
export interface Account {
  day: string;
  model: string;
  tokenClass: TokenClass;
  /** Whether bill, or ledger, or the price book knows the model. */
  isKnown: boolean;
  /** What the newest read says, and what the ledger has. */
  billUsd: Usd;
  ledgerUsd: Usd;
  /** What is explained: the read that goes by the list, before discounts and before a late correction. */
  chargedUsd: Usd;
  byTokens: boolean;
  quantities: Map<string, Quantity>;
  parts: GapPart[];
}

/** A row of a bill with the model's one name, and whether its project sends its calls here. */
export interface NamedRow extends BilledRow {
  key: string;
  isKnown: boolean;
  isCovered: boolean;
}

export interface RateOf {
  (account: Pick<Account, "day" | "model" | "tokenClass">, service: string): Usd | null;
}

export const zero = new Usd(0);
const amounts = "";

export function addPart(account: Account, cause: Cause, subject: string, usd: Usd): void {
  if (usd.isZero()) return;
  const known = account.parts.find((part) => part.cause === cause && part.subject === subject);
  if (known) known.usd = known.usd.plus(usd);
  else account.parts.push({ cause, subject, usd });
}

/** Gives a cause to some units of what is left. */
export function take(account: Account, quantity: Quantity, units: Usd, cause: Cause, subject: string): void {
  quantity.left = quantity.left.minus(units);
  addPart(account, cause, subject, units.times(quantity.rate).toDecimalPlaces(18));
}

export function explained(account: Account): Usd {
  return account.parts.reduce((sum, { usd }) => sum.plus(usd), zero);
}

const accountKey = (day: string, model: string, tokenClass: string) =>
  JSON.stringify([day, model, tokenClass]);

/**
 * Bill and ledger side by side.
 * @param newest lines that count; `chosen` those that are explained (a read before a late correction, say)
 * @param tokenDays the days whose bill tells tokens
 */
export function makeAccounts(
  {
    newest,
    chosen,
    ledger,
  }: { newest: readonly NamedRow[]; chosen: readonly NamedRow[]; ledger: readonly LedgerCell[] },
  tokenDays: ReadonlySet<string>,
  rateOf: RateOf,
): Account[] {
  const accounts = new Map<string, Account>();
  const at = (day: string, model: string, tokenClass: TokenClass, isKnown: boolean) => {
    const key = accountKey(day, model, tokenClass);
    const byTokens = tokenDays.has(day) && tokenClass !== "tool" && tokenClass !== "other";
    const made: Account = { day, model, tokenClass, isKnown: false, billUsd: zero, ledgerUsd: zero, chargedUsd: zero, byTokens, quantities: new Map(), parts: [] }; // prettier-ignore
    const account = accounts.get(key) ?? made;
    account.isKnown ||= isKnown;
    accounts.set(key, account);
    return account;
  };
  for (const row of newest) {
    const account = at(row.day, row.key, row.tokenClass, row.isKnown);
    account.billUsd = account.billUsd.plus(row.amount ?? 0);
  }
  const charged = new Map<Account, NamedRow[]>();
  for (const row of chosen) {
    const account = at(row.day, row.key, row.tokenClass, row.isKnown);
    account.chargedUsd = account.chargedUsd.plus(row.listAmount ?? row.amount ?? 0);
    charged.set(account, [...(charged.get(account) ?? []), row]);
  }
  const booked = new Map<Account, LedgerCell[]>();
  for (const cell of ledger) {
    const account = at(cell.day, cell.model, cell.tokenClass, cell.isKnown);
    account.ledgerUsd = account.ledgerUsd.plus(cell.costUsd);
    booked.set(account, [...(booked.get(account) ?? []), cell]);
  }
  for (const account of accounts.values())
    account.quantities = account.byTokens
      ? tokensOf(account, charged.get(account) ?? [], booked.get(account) ?? [], rateOf)
      : amountsOf(account, charged.get(account) ?? []);
  return [...accounts.values()].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

const orderOf = ({ day, model, tokenClass }: Account) => accountKey(day, model, tokenClass);

function amountsOf(account: Account, rows: readonly NamedRow[]): Map<string, Quantity> {
  const byWorkspace = new Map<string, Usd>();
  for (const { workspace, listAmount, amount } of rows)
    byWorkspace.set(workspace, (byWorkspace.get(workspace) ?? zero).plus(listAmount ?? amount ?? 0));
  const { chargedUsd: billed, ledgerUsd: ledger } = account;
  const rest = { reasoning: zero, unpriced: zero, rate: new Usd(1), byWorkspace };
  return new Map([[amounts, { billed, ledger, left: billed.minus(ledger), ...rest }]]);
}

function tokensOf(
  account: Account,
  rows: readonly NamedRow[],
  cells: readonly LedgerCell[],
  rateOf: RateOf,
): Map<string, Quantity> {
  // Lines of usage are the tokens; a bill without them (a file) tells them beside its amounts.
  const used = rows.filter(({ basis }) => basis === "usage");
  const counted = used.length > 0 ? used : rows;
  const isTold = counted.every(({ service }) => service !== "");
  const serviceOf = (service: string) => (isTold ? service : "");
  const quantities = new Map<string, Quantity & { costUsd: Usd }>();
  const at = (service: string) => {
    const none = {
      billed: zero,
      ledger: zero,
      left: zero,
      rate: zero,
      reasoning: zero,
      unpriced: zero,
      costUsd: zero,
    };
    const quantity = quantities.get(service) ?? { ...none, byWorkspace: new Map<string, Usd>() };
    quantities.set(service, quantity);
    return quantity;
  };
  for (const { service, workspace, quantity: units } of counted) {
    const quantity = at(serviceOf(service));
    quantity.billed = quantity.billed.plus(units ?? 0);
    quantity.byWorkspace.set(workspace, (quantity.byWorkspace.get(workspace) ?? zero).plus(units ?? 0));
  }
  for (const cell of cells) {
    const quantity = at(serviceOf(cell.service));
    quantity.ledger = quantity.ledger.plus(cell.tokens);
    quantity.unpriced = quantity.unpriced.plus(cell.unpriced);
    quantity.reasoning = quantity.reasoning.plus(cell.reasoning);
    quantity.costUsd = quantity.costUsd.plus(cell.costUsd);
  }
  const billed = [...quantities.values()].reduce((sum, quantity) => sum.plus(quantity.billed), zero);
  for (const [service, quantity] of quantities) {
    quantity.left = quantity.billed.minus(quantity.ledger);
    const priced = quantity.ledger.minus(quantity.unpriced);
    const charged = rows.filter((row) => row.amount !== null && row.service === service && service !== "");
    if (priced.gt(0) && !quantity.costUsd.isZero()) quantity.rate = quantity.costUsd.div(priced);
    else if (quantity.billed.gt(0) && charged.length > 0)
      quantity.rate = charged
        .reduce((sum, row) => sum.plus(row.listAmount ?? row.amount ?? 0), zero)
        .div(quantity.billed);
    else if (quantity.billed.gt(0) && quantity.billed.eq(billed))
      quantity.rate = account.chargedUsd.div(billed);
    else quantity.rate = rateOf(account, service) ?? (billed.gt(0) ? account.chargedUsd.div(billed) : zero);
  }
  return quantities;
}
