/** Points that follow each other without a gap, by its first and last. */
export interface Run<T> {
  first: T;
  last: T;
}

/**
 * Gathers sorted points into runs, so that each is one range of an index to the database, whatever its statistics say.
 * @param follows whether `next` comes right after `last`
 */
export function gatherRuns<T>(sorted: readonly T[], follows: (last: T, next: T) => boolean): Run<T>[] {
  const runs: Run<T>[] = [];
  for (const point of sorted) {
    const open = runs.at(-1);
    if (open && follows(open.last, point)) open.last = point;
    else runs.push({ first: point, last: point });
  }
  return runs;
}
