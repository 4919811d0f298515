import { formatTotal } from "@/app/_format/money";
import { formatCount, plural } from "@/app/_format/quantities";
import { type ParamUnit, paramsOf, type ParamValues } from "@/server/alerts/schemas";
import type { RuleId } from "@/server/incidents/schemas";

const plain = (value: number) => (Number.isInteger(value) ? formatCount(value) : String(value));

/** A parameter's value as it is read: "30%", "$3.00", "7 days". */
export function valueWords(value: number, unit: ParamUnit): string {
  switch (unit) {
    case "percent":
      return `${plain(value)}%`;
    case "points":
      return plural(value, "point");
    case "times":
      return `${plain(value)}×`;
    case "sigmas":
      return plain(value);
    case "usd":
      return formatTotal(String(value));
    case "calls":
      return formatCount(value);
    case "hours":
      return plural(value, "hour");
    case "days":
      return plural(value, "day");
  }
}

/** What stands behind a field. */
export const unitWords = {
  percent: "%",
  points: "points",
  times: "×",
  sigmas: "σ",
  usd: "USD",
  calls: "calls",
  hours: "hours",
  days: "days",
} as const satisfies Record<ParamUnit, string>;

/** How a rule is set: "More than the week before by 30%", "At least this much more than expected: $3.00" … */
export function paramLines(rule: RuleId, params: ParamValues): string[] {
  return Object.entries(paramsOf(rule)).map(([name, { label, unit, usual }]) => {
    const value = valueWords(params[name] ?? usual, unit);
    return `${label}: ${value}`;
  });
}
