const steps = new Map<string, (at: number, count: number) => number>([
  ["ArrowDown", (at) => at + 1],
  ["j", (at) => at + 1],
  ["ArrowUp", (at) => at - 1],
  ["k", (at) => at - 1],
  ["Home", () => 0],
  ["End", (_, count) => count - 1],
]);

/** Whether the key is one that moves between rows; at the edges it moves nothing. */
export function movesRows(key: string): boolean {
  return steps.has(key);
}

/** The row that a key leads to from row `at`; undefined where it leads nowhere. */
export function rowAfter(key: string, at: number, count: number): number | undefined {
  const next = steps.get(key)?.(at, count);
  return next === undefined || next < 0 || next >= count ? undefined : next;
}
