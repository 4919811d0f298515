import { addDays, type LocalDay, daysBetween } from "@/server/calendar/local-day";
import { addMonths, firstOfMonth, lastOfMonth } from "@/server/calendar/month";
import { type CostHistory, type Period } from "@/server/forecast/costs";
import { withRest } from "@/server/forecast/forecast";
import { spreadFactor } from "@/server/forecast/interval";
import { foretell, learn } from "@/server/forecast/weekday-aware";
import { Usd } from "@/server/prices/decimal";
import type { Baseline, Expected } from "./schemas";

/** A forecast goes no further. */
const mostDaysAhead = 366;

/** Features that are killed cost cents: amounts are told to a millionth. */
const text = (usd: number) => new Usd(usd).toDecimalPlaces(6).toFixed();
export const told = (of: Record<keyof Expected, number>): Expected => ({
  expectedUsd: text(of.expectedUsd),
  lowUsd: text(of.lowUsd),
  highUsd: text(of.highUsd),
});

/**
 * What days to come will cost, as it was known on a day. A month that is far off is told less surely than the next one: its
 * interval is that of all the days until its end, if that is the wider one. Null: too little is known.
 */
function expected({ takenOn, first, past }: Omit<Baseline, "stretches">, stretch: Period): Expected | null {
  // Never anything but nothing is known of it, and nothing is what it will cost.
  if (past.length > 0 && past.every((usd) => usd === 0))
    return { expectedUsd: "0", lowUsd: "0", highUsd: "0" };
  const history: CostHistory = { first, past, today: { usd: 0, share: 0 } };
  const { forecast } = foretell(history, stretch);
  if (!forecast) return null;
  const { expectedUsd, lowUsd, highUsd } = forecast;
  const ahead = daysBetween(takenOn, stretch.last) + 1;
  const factor = forecast.method === "weekday-aware" ? (spreadFactor(learn(history), past.length, ahead) ?? 1) : 1; // prettier-ignore
  const wide = withRest(0, expectedUsd, factor);
  return told({
    expectedUsd,
    lowUsd: Math.min(lowUsd, wide.lowUsd),
    highUsd: Math.max(highUsd, wide.highUsd),
  });
}

/** The days after a due date, month by month, as far as a forecast goes from the day it is made. */
export function stretchesAfter(dueOn: LocalDay, takenOn: LocalDay): Period[] {
  const until = addDays(takenOn, mostDaysAhead);
  const stretches: Period[] = [];
  for (let first = addDays(dueOn, 1); lastOfMonth(first) <= until; first = addMonths(firstOfMonth(first), 1))
    stretches.push({ first, last: lastOfMonth(first) });
  return stretches;
}

/** What is kept of a day's knowledge, from which every later stretch is told alike. */
export type Known = Pick<Baseline, "takenOn" | "first" | "past">;

/** What would be spent after the due date without the decision, from what was known on the day that it was made. */
export const baselineOf = (known: Known, dueOn: LocalDay): Baseline => ({
  ...known,
  stretches: stretchesAfter(dueOn, known.takenOn).map((stretch) => ({
    ...stretch,
    expected: expected(known, stretch),
  })),
});

/** Whole days of one or two features as one series without holes. */
export function knownOf(
  histories: readonly (CostHistory | null)[],
  today: LocalDay,
  knownSince: LocalDay | null,
): Known {
  const known = histories.filter((history) => history !== null);
  const first = known.map((history) => history.first).toSorted()[0] ?? knownSince;
  if (first === null || first >= today) return { takenOn: today, first: today, past: [] };
  const past = new Array<number>(daysBetween(first, today)).fill(0);
  for (const history of known)
    history.past.forEach((usd, at) => {
      const place = daysBetween(first, history.first) + at;
      past[place] = (past[place] ?? 0) + usd;
    });
  return { takenOn: today, first, past };
}
