import type { z } from "zod";
import type {
  Contributor,
  IncidentSubject,
  IncidentUnit,
  RuleId,
  Severity,
} from "@/server/incidents/schemas";
import { Usd, usdText } from "@/server/prices/decimal";

/** What a rule has to say of a subject at an instant. */
export interface Finding {
  rule: RuleId;
  subject: IncidentSubject;
  severity: Severity;
  /** The stretch that was looked at; `from` names it. */
  window: { from: Date; to: Date };
  /** What it is compared with, for the search of its causes; null where nothing is. */
  compare: { from: Date; to: Date } | null;
  unit: IncidentUnit;
  /** Decimal strings in `unit`. Null: nothing was expected. */
  expected: string | null;
  actual: string;
  /** USD beyond what was expected, and by the end of the month if it goes on. */
  impactUsd: string | null;
  monthEndUsd: string | null;
  level: number | null;
  /** Whether late calls may still change it. */
  basis: "final" | "provisional";
  sentence: string;
  params: Record<string, number>;
  callIds: string[];
  /** Where the rule itself knows what did it; else it is looked up. */
  contributors?: readonly z.infer<typeof Contributor>[];
}

const digits = 6;

/** A statistic as a decimal string: six decimals are more than it knows. */
export const statistic = (value: number): string => new Usd(value).toDecimalPlaces(digits).toFixed();

/** Dollars as a sentence says them: cents, or as many digits as a small amount needs to be told from another. */
export function dollars(amount: Usd | string | number): string {
  const usd = new Usd(amount);
  const size = usd.abs();
  const text = size.gte(1) ? size.toFixed(2) : size.toSignificantDigits(3).toFixed();
  const [whole = "0", cents = ""] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${usd.isNegative() ? "−" : ""}$${grouped}.${cents.padEnd(2, "0")}`;
}

/** 0.634 is "63 %". */
export const percent = (share: number): string => {
  const value = share * 100;
  return `${value < 10 && value > 0 ? String(Number(value.toFixed(1))) : String(Math.round(value))} %`;
};

/** 3.14 is "3.1 ×", as a factor. */
export const times = (factor: number): string => `${String(Number(factor.toFixed(1)))} ×`;

/** More than was expected, in all and by the end of the month at this rate; not known where nothing was expected (null). */
export function excess(
  actual: Usd,
  expected: Usd | null,
  days: number,
  daysLeft: number,
): Pick<Finding, "impactUsd" | "monthEndUsd"> {
  if (expected === null) return { impactUsd: null, monthEndUsd: null };
  const impact = actual.minus(expected);
  return {
    impactUsd: usdText(impact),
    monthEndUsd: usdText(impact.times(daysLeft).div(days).toDecimalPlaces(digits)),
  };
}
