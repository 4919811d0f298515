import { formatInstant } from "@/app/_format/dates";
import { formatExact } from "@/app/_format/money";
import type { Tone } from "@/app/_components/ui/badge";
import type { Outputs } from "@/app/_trpc/client";
import type { DifferenceClass, ExportState, Measure, Mode } from "@/server/billing/schemas";

export type Shown = NonNullable<Outputs["billing"]["show"]>;
export type WindowRow = Outputs["billing"]["windows"]["rows"][number];
export type WindowStory = Outputs["billing"]["window"];
export type Revision = WindowStory["revisions"][number];
export type Difference = Outputs["billing"]["differences"]["rows"][number];

export const modeWords = {
  live: { label: "live mode", tone: "accent", about: "Real customers, real invoices." },
  test: { label: "test mode", tone: "warn", about: "Nobody is billed by what is sent here." },
} as const satisfies Record<Mode, { label: string; tone: Tone; about: string }>;

export const measureWords = {
  tokens: { label: "Tokens", of: "tokens" },
  calls: { label: "Calls", of: "calls" },
  cost_micro_usd: { label: "Cost", of: "millionths of a dollar" },
} as const satisfies Record<Measure, { label: string; of: string }>;

export const stateWords = {
  pending: { label: "waiting", tone: "neutral", about: "It is sent with the next run." },
  unknown: { label: "unknown", tone: "warn", about: "It was sent, and nobody knows yet whether it arrived." },
  sent: { label: "delivered", tone: "accent", about: "Stripe accepted it; its sums do not show it yet." },
  confirmed: { label: "confirmed", tone: "good", about: "Stripe’s own sum of the hour holds it." },
  refused: { label: "refused", tone: "bad", about: "Stripe refused it and said why." },
  too_old: { label: "too old", tone: "bad", about: "Stripe takes usage of the last 35 days only." },
} as const satisfies Record<ExportState, { label: string; tone: Tone; about: string }>;

/** What a class of differences means, and what people do about it. */
export const classWords = {
  not_sent: {
    label: "not sent",
    about: "The ledger holds usage that has not reached Stripe.",
    advice:
      "Nothing, if a run is under way. Otherwise look at the connection’s state and at the hours below.",
  },
  missing: {
    label: "missing",
    about: "Stripe accepted usage and does not count it.",
    advice:
      "Look at the customer’s meter events in Stripe; if they are gone, bill the rest by an invoice item.",
  },
  refused: {
    label: "refused",
    about: "Stripe refused usage.",
    advice: "Mend what the reason names, then try the hour again.",
  },
  late: {
    label: "late",
    about: "Usage came too late for the meter, or for the invoice.",
    advice: "Bill it by an invoice item, or credit it.",
  },
  doubled: {
    label: "doubled",
    about: "Stripe counts the same usage twice.",
    advice: "Find the second event in Stripe and who sent it; credit the customer.",
  },
  wrong_customer: {
    label: "wrong customer",
    about: "Usage stands with another customer than it was sent for.",
    advice: "Credit the one and bill the other, and look for a second sender of usage.",
  },
  wrong_month: {
    label: "wrong month",
    about: "Usage stands in another month than it was sent for.",
    advice: "Move the amount from one invoice to the other.",
  },
  amount: {
    label: "other amount",
    about: "Stripe counts another amount than it accepted from here.",
    advice: "Look for a second sender of usage for this customer and meter.",
  },
  price_mismatch: {
    label: "other price",
    about: "An invoice’s line has another price than was agreed.",
    advice: "Compare the price in Stripe with the meter’s unit amount here.",
  },
  unknown_meter: {
    label: "unknown meter",
    about: "Stripe has no active meter for what is billed here.",
    advice: "Make the meter active again in Stripe, or end it here.",
  },
  rollup: {
    label: "roll-up",
    about: "The ledger’s own sums do not agree.",
    advice: "Look at the reconciliation page before anything is billed.",
  },
} as const satisfies Record<DifferenceClass, { label: string; about: string; advice: string }>;

/** Millionths of a dollar as USD, to the last digit. */
export function usdOfMicro(micro: string): string {
  const isNegative = micro.startsWith("-");
  const digits = (isNegative ? micro.slice(1) : micro).padStart(7, "0");
  return `${isNegative ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

const grouped = (whole: string) => whole.replace("-", "−").replace(/\B(?=(\d{3})+$)/g, ",");

/** A value in its measure, every digit of it: "1,204,000 tokens", "$12.345678". */
export function valueWords(measure: Measure, value: string): string {
  return measure === "cost_micro_usd"
    ? formatExact(usdOfMicro(value))
    : `${grouped(value)} ${measureWords[measure].of}`;
}

/** What both sides say of a difference, as far as they were asked. */
export function sidesOf(measure: Measure, { class: name, ledger, exported, billed }: Difference): string {
  // A price is compared in the smallest unit of the invoice's currency.
  const words = (value: string) =>
    name === "price_mismatch" ? `${grouped(value)} (smallest unit)` : valueWords(measure, value);
  return [
    ledger !== null && `ledger ${words(ledger)}`,
    exported !== null && `${name === "price_mismatch" ? "agreed" : "sent"} ${words(exported)}`,
    billed !== null && `Stripe ${words(billed)}`,
  ]
    .filter((part) => part !== false)
    .join(" · ");
}

type Next = NonNullable<Revision["next"]>;

/** What happens to an outbox row next, as a sentence. */
export function nextSentence({ step, at }: Next, timeZone: string, now: Date): string {
  const when = at === null ? "with the next run" : `from ${formatInstant(at, timeZone, now)} on`;
  const sentences = {
    send: `It is sent ${when}.`,
    repeat: `It is sent again under the same name ${when}: Stripe still remembers it, so nothing is counted twice.`,
    ask_sums: `It is not sent again blindly. Stripe’s sum of the hour decides ${when} whether it arrived.`,
    compare: `Stripe’s sum of the hour is compared ${when}.`,
    done: "Nothing: Stripe’s sum of the hour holds it.",
    mend_key: "Nothing, until Stripe takes the key again.",
    retry: "Nothing by itself: mend what Stripe refused, then try it again.",
    cannot_be_sent: "Nothing: Stripe does not take a value as long as this. Bill it by an invoice item.",
    invoice_item: "Nothing: the meter does not take it any more. Bill it by an invoice item.",
  } as const satisfies Record<Next["step"], string>;
  return sentences[step];
}

/** What to do about a connection that fails, by what Stripe said last. */
export function failureAdvice(failure: string | null): string {
  if (failure === null) return "Try again, or give a new key.";
  if (failure.includes("lacks a permission"))
    return "Give the key this permission in Stripe, then try again; or give a new key.";
  if (failure.includes("can no longer be read")) return "Give the key anew: this installation’s own key is another one now.";
  return "Give a new key of the same account and mode: in Stripe, roll the old one or make another.";
} // prettier-ignore

/** Hours of usage that are on their way. */
export const underWay = ({ states }: Pick<Shown, "states">) => (states.pending ?? 0) + (states.unknown ?? 0);

/** Longer than comparisons are apart, with a run's length to spare. */
const staleMs = 7 * 3_600_000;

/** Whether what is shown was compared with Stripe so long ago that the jobs seem to stand still. */
export function isStale({ comparedAt, connectedAt }: Shown["connection"], now: Date): boolean {
  return now.getTime() - Date.parse(comparedAt ?? connectedAt) > staleMs;
}

/** An address of Stripe's dashboard; test data stand apart there. */
export const dashboardHref = (mode: Mode, path: string) =>
  `https://dashboard.stripe.com/${mode === "test" ? "test/" : ""}${path}`;
