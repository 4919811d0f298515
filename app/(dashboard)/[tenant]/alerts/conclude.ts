import { formatDay, formatTime } from "@/app/_format/dates";
import { formatTotal, subtractUsd, sumUsd, toGeometry } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import { addDays, localDay } from "@/server/calendar/local-day";
import type { IncidentSubject, RuleId } from "@/server/incidents/schemas";
import { subjectName } from "./words";

/** What of an open incident the sentence is made of. */
export interface OpenIncident {
  rule: RuleId;
  subject: IncidentSubject;
  severity: "info" | "warning" | "critical";
  /** USD beyond what was expected; null: not told in USD. */
  impactUsd: string | null;
  openedAt: string;
}

interface Told {
  /** All that are open. */
  open: readonly OpenIncident[];
  /** How many somebody has, and how many are put off. */
  acknowledged: number;
  snoozed: number;
}

/** The greatest excess of each subject: two rules that saw the same dollars must not count them twice. */
function greatest(open: readonly OpenIncident[]): { subject: IncidentSubject; usd: string }[] {
  const found = new Map<string, { subject: IncidentSubject; usd: string }>();
  for (const { rule, subject, impactUsd } of open) {
    // What a month is forecast to cost is not spent yet.
    if (rule === "forecast" || impactUsd === null || toGeometry(impactUsd) <= 0) continue;
    const key = JSON.stringify([subject.kind, subject.key]);
    const known = found.get(key);
    if (!known || toGeometry(subtractUsd(impactUsd, known.usd)) > 0)
      found.set(key, { subject, usd: impactUsd });
  }
  return [...found.values()].sort((one, other) => toGeometry(subtractUsd(other.usd, one.usd)));
}

/** "since 14:00", "since yesterday", "since 18 Nov". */
function since(from: string, now: Date, timeZone: string): string {
  const [day, today] = [localDay(new Date(from), timeZone), localDay(now, timeZone)];
  if (day === today) return `since ${formatTime(from, timeZone)} today`;
  return day === addDays(today, -1) ? "since yesterday" : `since ${formatDay(day)}`;
}

/** Features share no dollar, so theirs add up; a user's dollars are some feature's, too. */
function excess(open: readonly OpenIncident[]): string | null {
  const parts = greatest(open);
  const [first] = parts;
  if (!first) return null;
  if (parts.length === 1 || parts.every(({ subject }) => subject.kind === "feature"))
    return `${formatTotal(sumUsd(parts.map(({ usd }) => usd)))} above what was expected`;
  return `the greatest of ${subjectName(first.subject)}, ${formatTotal(first.usd)} above what was expected`;
}

/** What the incidents come to, in a sentence. */
export function conclude({ open, acknowledged, snoozed }: Told, now: Date, timeZone: string): string {
  const others = [
    acknowledged > 0 &&
      `${plural(acknowledged, "incident")} ${acknowledged === 1 ? "is" : "are"} looked into`,
    snoozed > 0 && `${plural(snoozed, "incident")} ${snoozed === 1 ? "is" : "are"} snoozed`,
  ].filter((part) => part !== false);
  const rest = others.length === 0 ? "" : ` ${others.join(", ")}.`;
  const [first] = open
    .map(({ openedAt }) => openedAt)
    .sort((one, other) => Date.parse(one) - Date.parse(other));
  if (first === undefined) return `Nothing is open.${rest}`;
  const critical = open.filter(({ severity }) => severity === "critical").length;
  const grave = critical === 0 ? "" : open.length === 1 ? ", critical," : ` (${String(critical)} critical)`;
  const oldest = open.length === 1 ? "" : ", the oldest";
  const more = excess(open);
  const what = `${plural(open.length, "open incident")}${grave}${oldest} ${since(first, now, timeZone)}`;
  return `${[what, more].filter((part) => part !== null).join("; ")}.${rest}`;
}
