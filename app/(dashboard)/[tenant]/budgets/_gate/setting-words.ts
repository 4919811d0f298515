import { formatTotal, subtractUsd, toGeometry } from "@/app/_format/money";
import { formatCount } from "@/app/_format/quantities";
import type { GateSettings } from "@/server/gate/schemas";

export type SettingName = keyof GateSettings;

/** In the order of the form. */
export const settingLabels = {
  unpriced: "Calls without a price",
  whenUnreachable: "When the gate cannot be reached",
  loopPerMinute: "The same prompt again, at most times a minute",
  usdPerMinute: "USD in a minute for one feature and user, at most",
  runLimitUsd: "USD for a run, at most",
} as const satisfies Record<SettingName, string>;
export const settingNames = Object.keys(settingLabels) as SettingName[];

const unpricedWords = {
  allow: "Calls without a price pass, and no budget can count them.",
  ask: "Where a budget is enforced, calls without a price are refused until somebody confirms them.",
  deny: "Where a budget is enforced, calls without a price are refused.",
} as const satisfies Record<GateSettings["unpriced"], string>;

const unreachableWords = {
  open: "Apps that cannot reach the gate make their calls: budgets may then be exceeded.",
  closed: "Apps that cannot reach the gate make no calls: while it is away, so are they.",
} as const satisfies Record<GateSettings["whenUnreachable"], string>;

/** What a setting comes to for the apps that ask, as a sentence. */
export function consequenceOf(name: SettingName, settings: GateSettings): string {
  switch (name) {
    case "unpriced":
      return unpricedWords[settings.unpriced];
    case "whenUnreachable":
      return unreachableWords[settings.whenUnreachable];
    case "loopPerMinute":
      return settings.loopPerMinute === null
        ? "The same prompt may be asked again without end: loops are not stopped."
        : `The same prompt for the same feature and user is refused once it is asked more than ${formatCount(settings.loopPerMinute)} times in a minute.`;
    case "usdPerMinute":
      return settings.usdPerMinute === null
        ? "However much a feature’s user costs in a minute, nothing is refused for its pace."
        : `Calls that would make one feature cost more than ${formatTotal(settings.usdPerMinute)} in a minute for one user are refused.`;
    case "runLimitUsd":
      return settings.runLimitUsd === null
        ? "A run that states no limit of its own has none."
        : `A run that states no limit of its own is stopped before it costs more than ${formatTotal(settings.runLimitUsd)}.`;
  }
}

const byStrictness = {
  unpriced: ["allow", "ask", "deny"],
  whenUnreachable: ["open", "closed"],
} as const;

/** No limit is looser than any. */
function isLowered(before: string | number | null, after: string | number | null): boolean {
  if (after === null) return false;
  return before === null || toGeometry(subtractUsd(String(before), String(after))) > 0;
}

function isStricter(name: SettingName, before: GateSettings, after: GateSettings): boolean {
  switch (name) {
    case "unpriced":
      return byStrictness.unpriced.indexOf(after.unpriced) > byStrictness.unpriced.indexOf(before.unpriced);
    case "whenUnreachable":
      return (
        byStrictness.whenUnreachable.indexOf(after.whenUnreachable) >
        byStrictness.whenUnreachable.indexOf(before.whenUnreachable)
      );
    default:
      return isLowered(before[name], after[name]);
  }
}

/** What would be refused that passes today, in sentences; none: the change only lets more through. */
export const newlyRefused = (before: GateSettings, after: GateSettings): string[] =>
  settingNames.filter((name) => isStricter(name, before, after)).map((name) => consequenceOf(name, after));
