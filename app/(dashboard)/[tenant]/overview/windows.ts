import type { WindowName, WindowsRow } from "@/server/analytics/windows/windows-schemas";
import { comparedStretch } from "../_scope/compare";
import { type RangeToken, stretchOf } from "../_scope/range";
import type { Scope } from "../_scope/scope";

/** The windows of Overview, and how reports.windows names them. */
export const windowsShown = [
  { days: 7, range: "7d", last: "last7", previous: "previous7", change: "change7Usd" },
  { days: 30, range: "30d", last: "last30", previous: "previous30", change: "change30Usd" },
] as const satisfies readonly {
  days: number;
  range: RangeToken;
  last: WindowName;
  previous: WindowName;
  change: keyof WindowsRow;
}[];

export type WindowShown = (typeof windowsShown)[number];

/** A window in the terms of the other reports, for its explanation and the causes of its change. */
export function windowScope({ range }: WindowShown, { filter, timeZone }: Scope, now: Date) {
  const before = { mode: "previous", matchWeekday: false, custom: null } as const;
  const report = { ...stretchOf(range, now, timeZone), filter };
  const compare = comparedStretch(range, before, now, timeZone);
  return { report, compared: compare ? { ...report, compare } : report };
}
