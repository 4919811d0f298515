import type { Calendar } from "../calendar";
import { type Finding, statistic } from "../finding";
import type { Params } from "../schemas";
import { firstSeen, likeHours, type HourPoint, range, type Series } from "../series";
import { meanOf } from "../statistics";

export interface SilenceFacts {
  calendar: Calendar;
  /** Everything, or an environment. */
  subject: { kind: "tenant" | "environment"; key: string };
  hours: Series<HourPoint>;
  days: Series;
}

/**
 * Several hours on end without a call, each of which had calls whenever there was such an hour before. Where hours are
 * sometimes empty, an empty one says nothing.
 * @param at the end of the last hour that is judged
 */
export function silentSource(
  { calendar, subject, hours, days }: SilenceFacts,
  params: Params<"silent-source">,
  at: Date,
): Finding | null {
  const last = calendar.hourOf(at) - 1;
  const silent = range(last - params.silentHours + 1, last);
  if (silent.some((hour) => hours.at(hour).calls > 0)) return null;
  const day = calendar.dayOfHour(last);
  const firstDay = firstSeen(days, day);
  if (firstDay === null || firstDay > day - params.minDays) return null;
  const first = calendar.firstHourOf(firstDay);
  const usual = silent.map((hour) => likeHours(hour, first + 24).map((other) => hours.at(other).calls));
  const alwaysCame = usual.every(
    (counts) => counts.length > 0 && counts.every((calls) => calls > 0) && meanOf(counts) >= params.minCalls,
  );
  if (!alwaysCame) return null;
  const expected = usual.reduce((sum, counts) => sum + meanOf(counts), 0);
  const who = subject.kind === "tenant" ? "Nothing" : `Nothing from ${subject.key}`;
  return {
    rule: "silent-source",
    subject,
    severity: "critical",
    window: { from: calendar.startOfHour(silent[0] ?? last), to: at },
    compare: null,
    unit: "calls",
    expected: statistic(Math.round(expected)),
    actual: "0",
    impactUsd: null,
    monthEndUsd: null,
    level: null,
    basis: "final",
    sentence: `${who} came for ${String(params.silentHours)} hours, in which there usually are ${statistic(Math.round(expected))} calls.`,
    params: { ...params },
    callIds: [],
  };
}

export interface ConnectionFacts {
  name: string;
  state: "active" | "paused" | "failing";
  createdAt: Date;
  lastOkAt: Date | null;
  failure: string | null;
}

/** A connection that we pull from and that has not answered. @param at now */
export function silentConnection(
  { name, state, createdAt, lastOkAt, failure }: ConnectionFacts,
  params: Params<"silent-source">,
  at: Date,
): Finding | null {
  if (state === "paused") return null;
  const since = lastOkAt ?? createdAt;
  const silentHours = (at.getTime() - since.getTime()) / 3_600_000;
  if (silentHours < params.silentHours) return null;
  const why = failure === null ? "" : ` It says: ${failure}`;
  return {
    rule: "silent-source",
    subject: { kind: "source", key: name },
    severity: "warning",
    window: { from: since, to: at },
    compare: null,
    unit: "hours",
    expected: "1",
    actual: statistic(Math.floor(silentHours)),
    impactUsd: null,
    monthEndUsd: null,
    level: null,
    basis: "final",
    sentence: `${name} has not answered for ${String(Math.floor(silentHours))} hours.${why}`,
    params: { ...params },
    callIds: [],
  };
}
