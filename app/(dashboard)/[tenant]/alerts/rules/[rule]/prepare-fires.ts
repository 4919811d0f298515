import { axisTop } from "@/app/_components/charts/axis";
import { formatDay, formatDayLong } from "@/app/_format/dates";
import { subtractUsd, sumUsd, toGeometry } from "@/app/_format/money";
import { localDay } from "@/server/calendar/local-day";
import type { IncidentSubject } from "@/server/incidents/schemas";

/** What a rule would have told; instants. */
export interface Fire {
  subject: IncidentSubject;
  firedAt: string;
  window: { from: string };
  lastSeenAt: string;
  isNoise: boolean;
  sentence: string;
  /** USD beyond what was expected, up to the alert and after it; null: not told in USD. */
  beforeUsd: string | null;
  missedUsd: string | null;
}

export interface Run {
  /** The newest; `total` is how many there were. */
  fires: readonly Fire[];
  total: number;
  noise: number;
}

export interface RunSum {
  total: number;
  noise: number;
  /** Of the fires at hand that are told in USD; null: none is. */
  beforeUsd: string | null;
  missedUsd: string | null;
  /** So many of the older ones are counted and in no sum. */
  notAdded: number;
}

/** What a run comes to. */
export function sumOf({ fires, total, noise }: Run): RunSum {
  const told = fires.filter(({ beforeUsd }) => beforeUsd !== null);
  const sum = (of: (fire: Fire) => string | null) =>
    told.length === 0 ? null : sumUsd(told.map((fire) => of(fire) ?? "0"));
  return {
    total,
    noise,
    beforeUsd: sum(({ beforeUsd }) => beforeUsd),
    missedUsd: sum(({ missedUsd }) => missedUsd),
    notAdded: total - fires.length,
  };
}

const areOne = (one: Fire, other: Fire) =>
  one.subject.kind === other.subject.kind &&
  one.subject.key === other.subject.key &&
  Date.parse(one.window.from) <= Date.parse(other.lastSeenAt) &&
  Date.parse(other.window.from) <= Date.parse(one.lastSeenAt);

const without = (all: readonly Fire[], others: readonly Fire[]) =>
  all.filter((fire) => !others.some((other) => areOne(fire, other)));

/** Of what the rule as saved told: what the draft would not have told at all, and the other way about. */
export function differenceOf(saved: Run, draft: Run): { lost: Fire[]; gained: Fire[] } {
  return { lost: without(saved.fires, draft.fires), gained: without(draft.fires, saved.fires) };
}

/** All that these cost beyond what was expected; USD, null: none is told in USD. */
export function excessOf(fires: readonly Fire[]): string | null {
  const told = fires.flatMap(({ beforeUsd, missedUsd }) =>
    beforeUsd === null ? [] : [beforeUsd, missedUsd ?? "0"],
  );
  return told.length === 0 ? null : sumUsd(told);
}

interface Count {
  fires: number;
  noise: number;
}

export interface FiresDay {
  day: string;
  title: string;
  /** Decimal string; null is a gap. */
  costUsd: string | null;
  saved: Count;
  draft: Count;
}

export interface FiresChart {
  days: FiresDay[];
  /** Upper end of the axis, in USD. */
  top: number;
  ticks: { at: number; text: string }[];
}

const mostTicks = 6;

/**
 * Days with what they cost, and what both runs would have told on them: an alert stands on the local day on which it would
 * have been told.
 * @param points reports.trend by the day; null is a gap
 */
export function prepareFires(
  buckets: readonly string[],
  points: readonly ({ costUsd: string } | null)[],
  saved: Run,
  draft: Run,
  timeZone: string,
): FiresChart {
  const countBy = ({ fires }: Run) => {
    const found = new Map<string, Count>();
    for (const { firedAt, isNoise } of fires) {
      const day = localDay(new Date(firedAt), timeZone);
      const { fires: count, noise } = found.get(day) ?? { fires: 0, noise: 0 };
      found.set(day, { fires: count + 1, noise: noise + (isNoise ? 1 : 0) });
    }
    return found;
  };
  const [savedBy, draftBy] = [countBy(saved), countBy(draft)];
  const none = { fires: 0, noise: 0 };
  const days = buckets.map((day, at) => ({
    day,
    title: formatDayLong(day),
    costUsd: points[at]?.costUsd ?? null,
    saved: savedBy.get(day) ?? none,
    draft: draftBy.get(day) ?? none,
  }));
  const step = Math.max(1, Math.ceil(days.length / mostTicks));
  return {
    days,
    top: axisTop(Math.max(0, ...days.map(({ costUsd }) => toGeometry(costUsd ?? "0")))),
    ticks: days.flatMap(({ day }, at) => (at % step === 0 ? [{ at: (at + 0.5) / days.length, text: formatDay(day) }] : [])), // prettier-ignore
  };
}

/** How much more, or less, of a sum the draft has; null where one of both is not known. */
export const moreOf = (draft: string | null, saved: string | null): string | null =>
  draft === null || saved === null ? null : subtractUsd(draft, saved);
