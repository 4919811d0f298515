/**
 * How much of a thing a test takes: `npm test` has a part of it that shows the same faults within minutes, `TESTS=full
 * npm test` all of it.
 */
export const sized = (full: number, usual: number): number => (process.env.TESTS === "full" ? full : usual);
