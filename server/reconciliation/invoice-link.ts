import { Usd } from "@/server/prices/decimal";
import { difference, figure, stateOf } from "./difference";
import type { InvoicedAccount } from "./invoice-queries";
import type { Difference, Link } from "./schemas";

export interface InvoiceFacts {
  month: string;
  /** Of the statement in force: its whole exact amount, with corrections of earlier months; null: there is none. */
  statement: { revision: number; usd: string } | null;
  /** Somebody has changed the statement in the database: it proves nothing of its accounts. */
  isChanged: boolean;
  accounts: readonly InvoicedAccount[];
  hasPlans: boolean;
}

const id = "invoices";
const add = (amounts: readonly (string | null)[]) =>
  amounts.reduce((sum, usd) => sum.plus(usd ?? "0"), new Usd(0));

/** A month's statement against what its invoices were computed from, and what nobody is invoiced for. */
export function invoiceLink({ month, statement, isChanged, accounts, hasPlans }: InvoiceFacts): Link {
  const base = { id, kind: "invoices" as const, provider: null, place: `invoices?month=${month}` };
  const empty = { figures: [], notes: [], differences: [] };
  const invoiced = accounts.filter(({ state }) => state !== null);
  if (invoiced.length === 0 && !hasPlans)
    return { ...base, ...empty, state: "off", waits: { sentence: "Nobody is invoiced from here yet. A rate plan says what accounts pay.", until: null }, place: "invoices/plans" }; // prettier-ignore
  if (!statement)
    return { ...base, ...empty, state: "waits", waits: { sentence: "Invoices are made of the statement, once the month is closed.", until: null } }; // prettier-ignore
  if (isChanged)
    return { ...base, ...empty, state: "waits", waits: { sentence: "The statement was changed in the database, and invoices cannot be held against it until that is mended.", until: null } }; // prettier-ignore
  const left = accounts.filter(({ state }) => state === null);
  const basis = add(invoiced.map(({ basisUsd }) => basisUsd)).plus(
    add(left.map(({ statedUsd }) => statedUsd)),
  );
  const figures = [figure("Cost basis and what is not invoiced", "usd", statement.usd, basis.toFixed())];
  const differences = invoiced.flatMap((account) => differenceOf(account, statement.revision, base.place));
  const waits = waitOf(invoiced, left);
  return { ...base, figures, differences, waits, notes: notesOf(invoiced, left), state: stateOf({ figures, differences, waits }) }; // prettier-ignore
}

function differenceOf(account: InvoicedAccount, revision: number, place: string): Difference[] {
  const { accountId, statedUsd, basisUsd, number } = account;
  const off = new Usd(basisUsd ?? "0").minus(statedUsd ?? "0");
  if (off.isZero()) return [];
  const name = number === null ? "A draft" : `Invoice ${number}`;
  const isStale = account.revision !== revision;
  return [
    difference(id, {
      cause: isStale ? "stale" : "basis",
      subject: accountId,
      sentence: isStale
        ? `${name} is of an earlier revision of the statement, which was opened again. ${number === null ? "Compute it anew." : "Void it and make another, or leave the difference to the next month."}`
        : `${name} was computed from another cost than the statement has of the account.`,
      amount: off.toFixed(),
      unit: "usd",
      place,
    }),
  ];
}

function waitOf(invoiced: readonly InvoicedAccount[], left: readonly InvoicedAccount[]): Link["waits"] {
  const drafts = invoiced.filter(({ state }) => state === "draft").length;
  const without = left.filter(({ accountId, isBilled }) => accountId !== "" && isBilled).length;
  const said = [
    ...(drafts > 0
      ? [`${String(drafts)} ${drafts === 1 ? "invoice is" : "invoices are"} still a draft`]
      : []),
    ...(without > 0
      ? [`${String(without)} ${without === 1 ? "account has" : "accounts have"} no invoice yet`]
      : []),
  ];
  return said.length === 0 ? null : { sentence: `${said.join(", and ")}.`, until: null };
}

function notesOf(invoiced: readonly InvoicedAccount[], left: readonly InvoicedAccount[]): string[] {
  const nobody = left.find(({ accountId }) => accountId === "");
  const own = left.filter(({ accountId, isBilled }) => accountId !== "" && !isBilled);
  const later = left.filter(({ accountId, isBilled }) => accountId !== "" && isBilled);
  return [
    `Billed are ${add(invoiced.map(({ netUsd }) => netUsd)).toFixed(2)} USD before tax, ${add(invoiced.map(({ totalUsd }) => totalUsd)).toFixed(2)} USD with it, on a cost of ${add(invoiced.map(({ basisUsd }) => basisUsd)).toFixed()} USD.`,
    ...(nobody ? [`Calls without an account cost ${add([nobody.statedUsd]).toFixed()} USD; nobody is invoiced for them.`] : []),
    ...(own.length > 0 ? [`${String(own.length)} ${own.length === 1 ? "account that is" : "accounts that are"} not billed from here cost ${add(own.map(({ statedUsd }) => statedUsd)).toFixed()} USD.`] : []),
    ...(later.length > 0 ? [`Accounts without an invoice cost ${add(later.map(({ statedUsd }) => statedUsd)).toFixed()} USD.`] : []),
  ]; // prettier-ignore
}
