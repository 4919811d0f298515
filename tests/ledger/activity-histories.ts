import fc from "fast-check";
import { reportZones } from "./zoned-calls";

/** Somebody does something: calls, or uses. */
export interface Deed {
  /** Hours after the beginning of the story. */
  hour: number;
  minute: number;
  user: string | undefined;
  account: string | undefined;
  feature: string | undefined;
  /** Of a call: which attempt, whether it failed, whose it is besides, whether it has a price. */
  attempt: number;
  failed: boolean;
  shared: boolean;
  priced: boolean;
  /** Of an event. */
  event: string;
}

export type Step =
  | { kind: "calls" | "events"; deeds: Deed[] }
  /** Somebody who counts without users says what a month was. */
  | { kind: "sums"; month: number; counts: number[] }
  /** What a repricing, a rule or a deletion leaves behind. */
  | { kind: "reprice" | "rename" | "delete" }
  | { kind: "rollup" }
  | { kind: "refresh" }
  /** The process dies before the n-th statement of a refresh, or before its commit. */
  | { kind: "kill"; statement: number }
  | { kind: "zone"; timeZone: string };

export interface History {
  /** Close to changes of the clock, of the month and the year. */
  start: string;
  timeZone: string;
  steps: Step[];
}

const some = (prefix: string, most: number) =>
  fc.option(
    fc.integer({ min: 1, max: most }).map((n) => `${prefix}-${n}`),
    { nil: undefined, freq: 4 },
  );
const deed: fc.Arbitrary<Deed> = fc.record({
  // Eleven weeks.
  hour: fc.integer({ min: 0, max: 77 * 24 }),
  minute: fc.constantFrom(0, 15, 29, 30, 59),
  user: some("user", 5),
  account: some("account", 2),
  feature: some("feature", 3),
  attempt: fc.constantFrom(1, 1, 1, 2),
  failed: fc.constantFrom(false, false, true),
  shared: fc.constantFrom(false, false, false, true),
  priced: fc.constantFrom(true, true, false),
  event: fc.constantFrom("used", "signed"),
});
const deeds = fc.array(deed, { minLength: 1, maxLength: 6 });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("calls" as const, "events" as const), deeds }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("sums" as const),
      month: fc.integer({ min: 0, max: 1 }),
      counts: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("reprice" as const, "rename" as const, "delete" as const) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("rollup" as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("refresh" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("kill" as const), statement: fc.integer({ min: 0, max: 30 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("zone" as const),
      timeZone: fc.constantFrom(...reportZones, "UTC"),
    }),
  },
);

export const activityHistory: fc.Arbitrary<History> = fc.record({
  start: fc.constantFrom("2026-02-20T06:00:00Z", "2026-09-20T06:00:00Z", "2025-12-20T06:00:00Z"),
  timeZone: fc.constantFrom(...reportZones),
  steps: fc.array(step, { minLength: 3, maxLength: 12 }),
});
