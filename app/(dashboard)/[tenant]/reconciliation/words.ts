import { formatExact, formatTotal } from "@/app/_format/money";
import { formatCount } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";

export type CustomerSide = Outputs["reconciliation"]["customers"];
export type ProviderSide = Outputs["reconciliation"]["providers"];
export type ReconciliationLink = CustomerSide["links"][number];
export type ShownDifference = ReconciliationLink["differences"][number];
export type GoneDifference = CustomerSide["gone"][number];
export type Unit = ShownDifference["unit"];

/** A difference beside the link that shows it. */
export interface DifferenceRow extends ShownDifference {
  link: ReconciliationLink;
}

const nodeNames = {
  rollup: "Roll-ups",
  statement: "Statement",
  stripe: "Stripe",
  invoices: "Invoices",
} as const;

/** What stands on the far side of a link. */
export const linkName = ({ kind, provider }: Pick<ReconciliationLink, "kind" | "provider">): string =>
  kind === "provider" ? `Bill of ${provider ?? "?"}` : nodeNames[kind];

/** The link of a difference that is gone, by its id alone. */
export function linkNameOfId(id: string): string {
  const [kind = "", provider = null] = id.split(":");
  return kind in nodeNames ? nodeNames[kind as keyof typeof nodeNames] : `Bill of ${provider ?? id}`;
}

/** What the far side is held against. */
export const againstWords: Record<ReconciliationLink["kind"], string> = {
  rollup: "the calls",
  statement: "the calls and their corrections",
  stripe: "what was handed to Stripe",
  invoices: "the statement",
  provider: "the calls",
};

const causes: Record<string, string> = {
  hour: "An hour was added up wrongly",
  hours: "Further hours were added up wrongly",
  late: "Late usage",
  lost: "Calls are gone",
  price: "New prices",
  changed: "Changed in the database",
  stale: "Of an earlier revision",
  basis: "Another cost",
  not_sent: "Not sent",
  missing: "Not counted by Stripe",
  refused: "Refused by Stripe",
  doubled: "Counted twice by Stripe",
  wrong_customer: "With another customer",
  wrong_month: "In another month",
  amount: "Another amount",
  price_mismatch: "Another price than agreed",
  unknown_meter: "Unknown meter",
  rollup: "Ledger and roll-ups differ",
  tax_or_credit: "Tax or credit",
  late_correction: "Corrected by the provider",
  unknown_model: "Unknown model",
  coverage: "Calls that are not sent here",
  tier_or_discount: "Tier or discount",
  time_zone: "Days shifted",
  category: "Another class of tokens",
  unexplained: "Unexplained",
};

export const causeName = (cause: string): string => causes[cause] ?? cause;

/** Millionths of a dollar as dollars, digit by digit. */
export function microToUsd(micro: string): string {
  const [, sign = "", digits = "0"] = /^(-?)(\d+)$/.exec(micro) ?? [];
  const padded = digits.padStart(7, "0");
  return `${sign}${padded.slice(0, -6)}.${padded.slice(-6)}`;
}

/** USD of a figure in money; null where it counts something else. */
export const usdOf = (value: string, unit: Unit): string | null =>
  unit === "usd" ? value : unit === "cost_micro_usd" ? microToUsd(value) : null;

function counted(value: string, unit: "tokens" | "calls"): string {
  const isNegative = value.startsWith("-");
  const digits = value.replace("-", "").replace(/\B(?=(\d{3})+$)/g, ",");
  return `${isNegative ? "−" : ""}${digits} ${unit}`;
}

/** A figure as a total, in its unit. */
export function figureText(value: string, unit: Unit): string {
  const usd = usdOf(value, unit);
  return usd === null ? counted(value, unit === "calls" ? "calls" : "tokens") : formatTotal(usd);
}

/** A figure to the last digit. */
export function exactText(value: string, unit: Unit): string {
  const usd = usdOf(value, unit);
  return usd === null ? counted(value, unit === "calls" ? "calls" : "tokens") : formatExact(usd);
}

/** A difference with its sign. */
export function gapText(value: string, unit: Unit): string {
  const text = exactText(value, unit);
  return value.startsWith("-") || /^0(\.0+)?$/.test(value) ? text : `+${text}`;
}

export const differencesOf = (links: readonly ReconciliationLink[]): DifferenceRow[] =>
  links.flatMap((link) => link.differences.map((one) => ({ ...one, link })));

/** Whether somebody still has to do something about it. */
export const isOpen = ({ ownership }: Pick<ShownDifference, "ownership">): boolean =>
  ownership?.settled === undefined || ownership.settled === null;

export const countText = (count: number, one: string, many = `${one}s`) =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
