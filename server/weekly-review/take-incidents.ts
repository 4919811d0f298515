import type { Ctx } from "@/server/context";
import { listIncidents } from "@/server/incidents/list";
import { type Incident, severities } from "@/server/incidents/schemas";
import type { ReviewFigures } from "./schemas";
import type { ReviewWeek } from "./week";

const shown = 50;
const pageOf = 1_000;
/** What the list of incidents looks back without being told. */
const recentMs = 7 * 86_400_000;

/** Whoever asks to be forgotten must be named in no review: a person's name is asked for when it is shown. */
export const keyShown = ({ kind, key }: { kind: string; key: string }): string | null =>
  kind === "user" ? null : key;

async function ofWeek(ctx: Ctx, { from, to }: ReviewWeek): Promise<Incident[]> {
  // It tells those that are not resolved, and those resolved since a week before the moment it is asked at.
  const asked = { ...ctx, now: new Date(from.getTime() + recentMs) };
  const found: Incident[] = [];
  for (let offset = 0; ; offset += pageOf) {
    const { incidents, hasMore } = await listIncidents(asked, { offset, limit: pageOf });
    found.push(...incidents);
    if (!hasMore) break;
  }
  return found.filter(({ openedAt }) => openedAt < to);
}

const rank = (incident: Incident) =>
  severities.indexOf(incident.severity) * 2 + (incident.state === "resolved" ? 0 : 1);

/** What was opened or resolved in the week, and what is still open from before; of states as they are now. */
export async function takeIncidents(ctx: Ctx, week: ReviewWeek): Promise<ReviewFigures["incidents"]> {
  const incidents = await ofWeek(ctx, week);
  const isWithin = (at: Date | null) => at !== null && at >= week.from && at < week.to;
  const list = incidents
    .filter((one) => one.state !== "resolved" || isWithin(one.openedAt) || isWithin(one.resolvedAt))
    .toSorted((one, other) => rank(other) - rank(one) || other.openedAt.getTime() - one.openedAt.getTime());
  return {
    opened: list.filter(({ openedAt }) => isWithin(openedAt)).length,
    resolved: list.filter(({ resolvedAt }) => isWithin(resolvedAt)).length,
    unresolved: list.filter(({ state }) => state !== "resolved").length,
    list: list.slice(0, shown).map((one) => ({
      id: one.id,
      rule: one.rule,
      subjectKind: one.subject.kind,
      subjectKey: keyShown(one.subject),
      severity: one.severity,
      state: one.state,
      unit: one.unit,
      expected: one.expected,
      actual: one.actual,
      impactUsd: one.impactUsd,
      openedAt: one.openedAt.toISOString(),
      resolvedAt: one.resolvedAt?.toISOString() ?? null,
    })),
  };
}
