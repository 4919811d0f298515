/** Both ends belong to it. */
export interface Stretch {
  from: Date;
  to: Date;
}

/** The same instants in stretches that do not overlap, the earliest first: what is read by each is read once. */
export function mergeStretches(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const { from, to } of [...stretches].sort((one, other) => one.from.getTime() - other.from.getTime())) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = to > last.to ? to : last.to;
    else merged.push({ from, to });
  }
  return merged;
}

/** What of these lies at most so long before their end, and whether that is all. */
export function newestOf(
  stretches: readonly Stretch[],
  longestMs: number,
): { stretches: Stretch[]; isWhole: boolean } {
  const end = Math.max(...stretches.map(({ to }) => to.getTime()));
  const begin = new Date(end - longestMs);
  const kept = stretches.filter(({ to }) => to >= begin);
  const cut = kept.map(({ from, to }) => ({ from: from < begin ? begin : from, to }));
  return { stretches: cut, isWhole: stretches.every(({ from }) => from >= begin) };
}
