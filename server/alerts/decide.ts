import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type Incident, type IncidentEventKind, type Severity, severities } from "@/server/incidents/schemas";
import { Usd } from "@/server/prices/decimal";
import type { Finding } from "./finding";
import { ruleOf } from "./schemas";

/** What becomes of an incident, and what its timeline says of it. */
export interface Change {
  incident: Incident;
  isNew: boolean;
  /** Null: nothing that is worth a line. */
  event: { kind: IncidentEventKind; details: Record<string, unknown> } | null;
}

const hourMs = 3_600_000;
const rankOf = (severity: Severity) => severities.indexOf(severity);

/** What was found, as an incident remembers it. */
function seen(incident: Incident, finding: Finding, at: Date): Incident {
  const {
    unit,
    expected,
    actual,
    impactUsd,
    monthEndUsd,
    level,
    severity,
    sentence,
    params,
    callIds,
    basis,
  } = finding;
  return {
    ...incident,
    lastWindow: finding.window,
    unit,
    expected,
    actual,
    // A rule that does not tell it leaves what was looked up for it.
    impactUsd: impactUsd ?? incident.impactUsd,
    monthEndUsd,
    level: level === null ? incident.level : Math.max(level, incident.level ?? 0),
    severity: rankOf(severity) > rankOf(incident.severity) ? severity : incident.severity,
    details: { ...incident.details, sentence, params, callIds, basis },
    seenAt: at,
  };
}

type Compared = Pick<Finding, "expected" | "actual">;
const distanceOf = ({ expected, actual }: Compared) => new Usd(actual).minus(expected ?? 0).abs();

/** A higher threshold, or twice as far from what was expected. Counts and hours grow by themselves. */
function isWorse(incident: Incident, finding: Finding): boolean {
  if (finding.level !== null) return finding.level > (incident.level ?? 0);
  if (finding.unit === "calls" || finding.unit === "hours") return false;
  return distanceOf(finding).gte(distanceOf(incident).times(2));
}

function opened(finding: Finding, now: Date, at: Date): Incident {
  const { rule, subject, severity, window, unit, expected, actual, impactUsd, monthEndUsd, level } = finding;
  const { sentence, params, callIds, basis } = finding;
  return {
    id: randomUUID(),
    rule,
    subject,
    state: "open",
    severity,
    window,
    lastWindow: window,
    unit,
    expected,
    actual,
    impactUsd,
    monthEndUsd,
    level,
    details: { sentence, params, callIds, basis, contributors: [] },
    openedAt: now,
    seenAt: at,
    snoozedUntil: null,
    resolvedAt: null,
  };
}

/**
 * What an incident becomes when its rule has found its subject (again), or has not.
 * - Nothing open: one is opened. If somebody has resolved one and it has not ended since, that one goes on quietly; only
 *   if it became worse, or ended and came back within the same stretch, it is reopened.
 * - Open: its figures are kept up; a higher threshold or severity is told. A snooze that is over wakes.
 * - Not found for as long as the rule says (`clearHours`, always more than one stretch): it is resolved.
 * @param current the incident of the rule and subject that is not resolved, or the last one that was
 * @param at the instant that was judged; `now` is the clock's
 */
export function decide(
  current: Incident | null,
  finding: Finding | null,
  at: Date,
  now: Date,
): Change | null {
  if (!finding) return current && current.state !== "resolved" ? quiet(current, at, now) : null;
  if (!current) return { incident: opened(finding, now, at), isNew: true, event: openedEvent(finding) };
  if (current.state === "resolved") return again(current, finding, at, now);
  // A judgement that comes late says nothing of what has been seen since.
  if (at < current.seenAt) return null;
  const next = seen(current, finding, at);
  if (current.state === "snoozed" && current.snoozedUntil && current.snoozedUntil <= now) {
    const incident: Incident = { ...next, state: "open", snoozedUntil: null };
    return { incident, isNew: false, event: { kind: "woken", details: figuresOf(finding) } };
  }
  const isHigher = finding.level !== null && finding.level > (current.level ?? 0);
  const isGraver = rankOf(next.severity) > rankOf(current.severity);
  if (isHigher || isGraver) {
    const event = { kind: "escalated" as const, details: figuresOf(finding) };
    return { incident: next, isNew: false, event };
  }
  // Looked at again, and nothing has changed: nothing to be written.
  return isDeepStrictEqual(next, current) ? null : { incident: next, isNew: false, event: null };
}

const figuresOf = ({ actual, expected, level, sentence }: Finding) => ({ actual, expected, level, sentence });
const openedEvent = (finding: Finding) => ({ kind: "opened" as const, details: figuresOf(finding) });

function isOver({ rule, seenAt }: Incident, at: Date): boolean {
  return at.getTime() - seenAt.getTime() >= ruleOf(rule).clearHours * hourMs;
}

function quiet(current: Incident, at: Date, now: Date): Change | null {
  if (!isOver(current, at)) return null;
  const incident: Incident = { ...current, state: "resolved", snoozedUntil: null, resolvedAt: now };
  return {
    incident,
    isNew: false,
    event: { kind: "resolved", details: { clearSince: current.seenAt.toISOString() } },
  };
}

function again(current: Incident, finding: Finding, at: Date, now: Date): Change | null {
  const hasGoneOn = !isOver(current, at);
  const isSameStretch = current.window.from.getTime() === finding.window.from.getTime();
  if (!hasGoneOn && !isSameStretch)
    return { incident: opened(finding, now, at), isNew: true, event: openedEvent(finding) };
  if (at < current.seenAt) return null;
  // Its figures stay those that were resolved, so that worse is measured from there.
  if (hasGoneOn && !isWorse(current, finding))
    return { incident: { ...current, lastWindow: finding.window, seenAt: at }, isNew: false, event: null };
  const incident: Incident = { ...seen(current, finding, at), state: "open", resolvedAt: null };
  return { incident, isNew: false, event: { kind: "reopened", details: figuresOf(finding) } };
}

export const targetOf = ({ rule, subject }: Pick<Incident, "rule" | "subject">): string =>
  JSON.stringify([rule, subject.kind, subject.key]);
