import { nextPeriod, periodsBetween } from "@/server/activity/periods";
import type { Grain } from "@/server/activity/schemas";
import type { LocalDay } from "@/server/calendar/local-day";
import { Usd, usdText } from "@/server/prices/decimal";
import { wilson } from "../wilson";
import { shareOf } from "../share-of";
import type { Cohort, RetentionAge, RetentionCell } from "./retention-schemas";

/** A cohort in a period in which some of it were there. */
export interface CountedCell {
  cohort: LocalDay;
  period: LocalDay;
  activeUsers: number;
  calls: number;
  events: number;
  costUsd: string;
  unpricedCalls: number;
  /** Whose last period this is so far, and what they cost in all their time. */
  lastUsers: number;
  lastCostUsd: string;
}

/** Of those whose last period this is: who may come back yet, by the tenant's rule. */
export interface Awaited {
  cohort: LocalDay;
  period: LocalDay;
  users: number;
  costUsd: string;
}

export interface CohortQuestion {
  grain: Grain;
  /** The last period to be told of, by its first day. */
  last: LocalDay;
  /** The one that is not over. */
  running: LocalDay;
  minUsers: number;
}

const text = (share: number) => new Usd(share).toDecimalPlaces(6).toFixed();
const unsaid = { share: null, low: null, high: null };

/** In the first period everybody is there, by definition: nothing to be uncertain of. */
function shareAt(active: number, users: number, age: number) {
  if (age === 0) return { share: "1", low: null, high: null };
  const { low, high } = wilson(active, users);
  return { share: shareOf(active, users), low: text(low), high: text(high) };
}

const perUser = (costUsd: string, users: number) =>
  users === 0 ? null : usdText(new Usd(costUsd).div(users).toDecimalPlaces(18));

/** Cohorts with every period since theirs, also those in which nobody was there. */
export function cohortsOf(
  question: CohortQuestion,
  counted: readonly CountedCell[],
  awaited: readonly Awaited[],
): Cohort[] {
  const byCohort = new Map<LocalDay, CountedCell[]>();
  for (const cell of counted) byCohort.set(cell.cohort, [...(byCohort.get(cell.cohort) ?? []), cell]);
  return [...byCohort]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([cohort, cells]) => {
      const users = cells.find(({ period }) => period === cohort)?.activeUsers ?? 0;
      if (users === 0) return [];
      const waits = awaited.filter((one) => one.cohort === cohort);
      const isTooFew = users < question.minUsers;
      return [{ cohort, users, isTooFew, cells: cellsOf(question, cohort, cells, waits, isTooFew) }];
    });
}

function cellsOf(
  { grain, last, running }: CohortQuestion,
  cohort: LocalDay,
  counted: readonly CountedCell[],
  awaited: readonly Awaited[],
  isTooFew: boolean,
): RetentionCell[] {
  const byPeriod = new Map(counted.map((cell) => [cell.period, cell]));
  const awaitedIn = new Map(awaited.map((one) => [one.period, one]));
  const users = byPeriod.get(cohort)?.activeUsers ?? 0;
  const cells: RetentionCell[] = [];
  let leftUsers = 0;
  let leftCost = new Usd(0);
  for (let period = cohort; period <= last; period = nextPeriod(period, grain)) {
    const cell = byPeriod.get(period);
    const age = periodsBetween(cohort, period, grain);
    const activeUsers = cell?.activeUsers ?? 0;
    const costUsd = cell?.costUsd ?? "0";
    cells.push({
      age,
      period,
      isRunning: period === running,
      activeUsers,
      ...(isTooFew ? unsaid : shareAt(activeUsers, users, age)),
      calls: cell?.calls ?? 0,
      events: cell?.events ?? 0,
      costUsd,
      costPerUserUsd: isTooFew ? null : perUser(costUsd, activeUsers),
      unpricedCalls: cell?.unpricedCalls ?? 0,
      leftUsers,
      leftCostUsd: usdText(leftCost),
    });
    const waits = awaitedIn.get(period);
    leftUsers += (cell?.lastUsers ?? 0) - (waits?.users ?? 0);
    leftCost = leftCost.plus(cell?.lastCostUsd ?? 0).minus(waits?.costUsd ?? 0);
  }
  return cells;
}

/** Every age that some cohort has been through. */
export function agesOf(cohorts: readonly Cohort[], minUsers: number): RetentionAge[] {
  const ages: RetentionAge[] = [];
  for (let age = 0; ; age += 1) {
    const known = cohorts.flatMap(({ users, cells }) => {
      const cell = cells[age];
      return cell && !cell.isRunning ? [{ users, cell }] : [];
    });
    if (known.length === 0) return ages;
    const sum = (of: (one: (typeof known)[number]) => number) =>
      known.reduce((total, one) => total + of(one), 0);
    const users = sum((one) => one.users);
    const activeUsers = sum(({ cell }) => cell.activeUsers);
    const costUsd = usdText(known.reduce((total, { cell }) => total.plus(cell.costUsd), new Usd(0)));
    const isTooFew = users < minUsers;
    ages.push({
      age,
      cohorts: known.length,
      users,
      isTooFew,
      activeUsers,
      ...(isTooFew ? unsaid : shareAt(activeUsers, users, age)),
      costUsd,
      costPerUserUsd: isTooFew ? null : perUser(costUsd, activeUsers),
      unpricedCalls: sum(({ cell }) => cell.unpricedCalls),
    });
  }
}
