import { toGeometry } from "@/app/_format/money";
import { GateSettings } from "@/server/gate/schemas";
import type { SettingName } from "./setting-words";

/** What the form holds, as typed. An empty limit is none. */
export interface DraftSettings extends Pick<GateSettings, "whenUnreachable" | "unpriced"> {
  loopPerMinute: string;
  usdPerMinute: string;
  runLimitUsd: string;
}

export const draftOfSettings = (settings: GateSettings): DraftSettings => ({
  ...settings,
  loopPerMinute: settings.loopPerMinute === null ? "" : String(settings.loopPerMinute),
  usdPerMinute: settings.usdPerMinute ?? "",
  runLimitUsd: settings.runLimitUsd ?? "",
});

const faults = {
  loopPerMinute: "A whole number from 2 to 100,000, or nothing.",
  usdPerMinute: "An amount such as 5 or 0.50, or nothing.",
  runLimitUsd: "An amount such as 20 or 2.50, or nothing.",
} as const;

export type SettingFaults = Partial<Record<SettingName, string>>;

/** "$1,200.50" is 1200.50; what is no number stays as it is, to be refused. */
const plain = (typed: string) => typed.replace(/[$,\s]/g, "");

/** Settings as they would be saved, or what is wrong with which of them. */
export function settingsOf(
  draft: DraftSettings,
): { settings: GateSettings; faults: null } | { settings: null; faults: SettingFaults } {
  const usd = (typed: string) => (plain(typed) === "" ? null : plain(typed));
  const loop = plain(draft.loopPerMinute);
  const parsed = GateSettings.safeParse({
    ...draft,
    loopPerMinute: loop === "" ? null : Number(loop),
    usdPerMinute: usd(draft.usdPerMinute),
    runLimitUsd: usd(draft.runLimitUsd),
  });
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map(({ path: [name] }) => name));
  // A limit of nothing would refuse everything: whoever wants that says so with a budget.
  for (const name of ["usdPerMinute", "runLimitUsd"] as const) {
    const limit = parsed.success ? parsed.data[name] : null;
    if (limit !== null && toGeometry(limit) === 0) wrong.add(name);
  }
  if (parsed.success && wrong.size === 0) return { settings: parsed.data, faults: null };
  return {
    settings: null,
    faults: Object.fromEntries(Object.entries(faults).filter(([name]) => wrong.has(name))),
  };
}
