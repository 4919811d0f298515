import type { DifferenceClass } from "@/server/billing/schemas";
import { Usd } from "@/server/prices/decimal";
import { difference, figure, stateOf } from "./difference";
import type { Difference, Link, LinkFigure } from "./schemas";
import type { ExportSum, OpenDifference } from "./stripe-queries";

export interface StripeFacts {
  month: string;
  endsAt: Date;
  now: Date;
  /** Null: nothing is connected. */
  connection: { state: string; mode: string; failure: string | null; comparedAt: Date | null } | null;
  sums: readonly ExportSum[];
  differences: readonly OpenDifference[];
  /** Of a statement; null: there is none. */
  unbilled: { accounts: number; costUsd: string } | null;
  /** Whether whoever asks may see customers and reasons. */
  maySeeDetails: boolean;
}

const id = "stripe";
const inSums = new Set<DifferenceClass>(["missing", "doubled", "wrong_customer", "wrong_month", "amount"]);
const classSentence: Record<DifferenceClass, string> = {
  not_sent: "Usage of the ledger has not been sent.",
  missing: "Stripe accepted usage and does not count it.",
  refused: "Stripe refused usage.",
  late: "Usage came too late for Stripe's meters, or for its invoice.",
  doubled: "Stripe counts usage twice.",
  wrong_customer: "Usage stands with another customer.",
  wrong_month: "Usage stands in another month.",
  amount: "Stripe counts another amount than it accepted.",
  price_mismatch: "An invoice bills another price than was agreed.",
  unknown_meter: "Stripe has no such meter.",
  rollup: "Ledger and roll-ups differ.",
};

/** What the ledger gave Stripe to bill against what Stripe counts. */
export function stripeLink(facts: StripeFacts): Link {
  const { month, connection, sums, maySeeDetails } = facts;
  const base = { id, kind: "stripe" as const, provider: null, place: `stripe?month=${month}` };
  const off = (sentence: string, place: string): Link => ({ ...base, place, state: "off", figures: [], notes: [], differences: [], waits: { sentence, until: null } }); // prettier-ignore
  if (!connection) return off("Stripe is not connected. Settings → Stripe takes a restricted key and bills usage by meters.", "settings/stripe"); // prettier-ignore
  if (sums.length === 0 && facts.differences.length === 0)
    return off("No usage of this month is billed through Stripe: no account is mapped to a customer, or the meters begin later.", "settings/stripe"); // prettier-ignore
  const differences = facts.differences.map((one) => differenceOf(one, base.place, maySeeDetails));
  const figures = figuresOf(sums, facts.differences);
  const waits = waitOf(facts);
  return { ...base, figures, differences, waits, notes: notesOf(facts), state: stateOf({ figures, differences, waits }) }; // prettier-ignore
}

const gapOf = ({ billed, exported }: OpenDifference) => new Usd(billed ?? "0").minus(exported ?? "0");

function figuresOf(sums: readonly ExportSum[], found: readonly OpenDifference[]): LinkFigure[] {
  const meters = new Map([...sums, ...found].map(({ meterId, eventName, measure }) => [meterId, { eventName, measure }]));
  const add = (rows: readonly ExportSum[]) => rows.reduce((sum, { value }) => sum.plus(value), new Usd(0));
  return [...meters].map(([meterId, { eventName, measure }]) => {
    const own = sums.filter((row) => row.meterId === meterId);
    const accepted = add(own.filter(({ state }) => state === "sent" || state === "confirmed"));
    const gaps = found
      .filter((one) => one.meterId === meterId && inSums.has(one.class))
      .reduce((sum, one) => sum.plus(gapOf(one)), new Usd(0));
    return figure(eventName, measure, add(own).toFixed(), accepted.plus(gaps).toFixed());
  });
} // prettier-ignore

function amountOf(one: OpenDifference): string | null {
  if (inSums.has(one.class)) return gapOf(one).toFixed();
  if (one.class === "price_mismatch" || one.ledger === null) return null;
  return new Usd(one.exported ?? "0").minus(one.ledger).toFixed();
}

function differenceOf(one: OpenDifference, place: string, maySeeDetails: boolean): Difference {
  const accounts = one.accounts.length > 0 ? ` (${one.accounts.join(", ")})` : "";
  const whom = one.customerId === "" ? one.eventName : `${one.customerId}${accounts}`;
  const made = difference(id, {
    cause: one.class,
    subject: JSON.stringify([one.meterId, one.customerId, one.day]),
    sentence: maySeeDetails ? one.reason : classSentence[one.class],
    amount: amountOf(one),
    unit: one.measure,
    place,
  });
  const subject = maySeeDetails ? `${whom}, ${one.day}` : one.day;
  const ownership =
    one.owner === null
      ? null
      : { ownerId: one.owner, note: "", dueOn: null, isOverdue: false, settled: null, updatedAt: null };
  return { ...made, subject, ownership };
}

function waitOf({ sums, connection, now, endsAt }: StripeFacts): Link["waits"] {
  const waiting = sums
    .filter(({ state }) => state === "pending" || state === "unknown" || state === "sent")
    .reduce((sum, { rows }) => sum + rows, 0);
  const last = connection?.comparedAt;
  if (waiting > 0)
    return {
      sentence: `${String(waiting)} ${waiting === 1 ? "hour is" : "hours are"} on the way to Stripe or not confirmed yet. ${last ? "Both are compared every six hours." : "Both were never compared yet."}`,
      until: null,
    };
  if (now < endsAt) return { sentence: "The month is not over; what is left of it follows hour by hour.", until: endsAt.toISOString() }; // prettier-ignore
  return null;
}

function notesOf({ connection, unbilled }: StripeFacts): string[] {
  return [
    ...(connection?.mode === "test" ? ["This is Stripe's test mode: nobody is charged."] : []),
    ...(connection?.state === "failing" ? [`Stripe does not answer as it should: ${connection.failure ?? "no reason is known"}`] : []),
    ...(connection?.comparedAt ? [`Last compared ${connection.comparedAt.toISOString().slice(0, 16).replace("T", " ")} UTC.`] : []),
    ...(unbilled && unbilled.accounts > 0 ? [`Calls for ${new Usd(unbilled.costUsd).toFixed()} USD are of accounts without a customer at Stripe, or without an account.`] : []),
  ]; // prettier-ignore
}
