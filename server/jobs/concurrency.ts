import { valueAt } from "./expression";
import type { JobFunction } from "./functions";
import type { JobEvent } from "./protocol";

export interface Placed {
  id: string;
  functionId: string;
  concurrencyKey: string;
}

/** What a run counts as under its function's limits: one value a limit; "" when no limit has a key. */
export function concurrencyKey(fn: JobFunction, event: JobEvent): string {
  if (fn.limits.every(({ key }) => key === null)) return "";
  return JSON.stringify(fn.limits.map(({ key }) => (key === null ? null : valueAt(key, event))));
}

/** Which of the due runs may go on now, first come first served, given those that are going on and the free places. */
export function chooseRuns<Due extends Placed>(
  due: Due[],
  busy: Placed[],
  functions: ReadonlyMap<string, JobFunction>,
  places: number,
): Due[] {
  const counts = new Map<string, number>();
  const groupsOf = (run: Placed) => groups(run, functions.get(run.functionId));
  const count = (run: Placed) =>
    groupsOf(run).forEach(({ group }) => counts.set(group, (counts.get(group) ?? 0) + 1));
  busy.forEach(count);
  const chosen: Due[] = [];
  for (const run of due) {
    if (chosen.length >= places) break;
    if (!groupsOf(run).every(({ group, limit }) => (counts.get(group) ?? 0) < limit)) continue;
    count(run);
    chosen.push(run);
  }
  return chosen;
}

function groups(run: Placed, fn: JobFunction | undefined): { group: string; limit: number }[] {
  if (!fn) return [];
  const values: unknown = run.concurrencyKey === "" ? [] : JSON.parse(run.concurrencyKey);
  return fn.limits.map(({ limit }, index) => ({
    group: JSON.stringify([fn.id, index, Array.isArray(values) ? (values[index] ?? null) : null]),
    limit,
  }));
}
