import fc from "fast-check";

/** What can befall a tenant's ledger between two looks at it. */
export type Step =
  | { kind: "calls"; calls: CallFacts[] }
  /** Stored in a transaction that stays open until after the next roll-up. */
  | { kind: "late"; calls: CallFacts[] }
  /** The process dies after the insert and before the commit; nothing was acknowledged. */
  | { kind: "lost"; calls: CallFacts[] }
  | { kind: "rollup"; times: number }
  /** The process dies before the n-th statement of the roll-up, or before its commit. */
  | { kind: "kill"; statement: number }
  | { kind: "zone"; timeZone: string };

export interface CallFacts {
  /** Minutes after the beginning of the story. */
  minute: number;
  millisecond: number;
  model: string | undefined;
  input: number;
  output: number;
  cached: number;
  more: Record<string, unknown>;
}

export interface History {
  /** Where the story begins: close to changes of the clock, month and year. */
  start: string;
  timeZone: string;
  steps: Step[];
}

export const starts = [
  "2026-10-24T12:00:00Z",
  "2026-03-28T12:00:00Z",
  "2026-10-31T06:00:00Z",
  "2025-12-31T06:00:00Z",
  "2026-04-04T03:00:00Z",
];
export const zones = [
  "UTC",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Havana",
  "Pacific/Apia",
];

const tag = (prefix: string) =>
  fc.option(
    fc.integer({ min: 1, max: 3 }).map((n) => `${prefix}-${n}`),
    { nil: undefined },
  );
const more = fc.record({
  feature: tag("feature"),
  team: tag("team"),
  userId: tag("user"),
  accountId: tag("account"),
  environment: tag("env"),
  runId: tag("run"),
  prompt: fc.option(
    fc.record({ id: fc.constantFrom("greeting", "summary"), version: fc.constantFrom("1", "2") }),
    { nil: undefined },
  ),
  errorClass: fc.constantFrom(undefined, undefined, "timeout", "refused"),
  attempt: fc.constantFrom(1, 1, 1, 2, 3),
  rootRequestId: tag("request"),
  billed: fc.constantFrom(undefined, undefined, "no", "unknown"),
  latencyMs: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
  reportedCostUsd: fc.constantFrom(
    undefined,
    undefined,
    undefined,
    "0.000000000000000001",
    "1.123456789012345678",
  ),
  batch: fc.constantFrom(false, false, true),
});
const call: fc.Arbitrary<CallFacts> = fc
  .record({
    // Three days and a quarter: several local days in any zone.
    minute: fc.integer({ min: 0, max: 78 * 60 }),
    millisecond: fc.constantFrom(0, 1, 59_999, 30_000),
    model: fc.constantFrom("gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5", "in-house-7b", undefined),
    input: fc.integer({ min: 0, max: 300_000 }),
    output: fc.integer({ min: 0, max: 20_000 }),
    cached: fc.integer({ min: 0, max: 300_000 }),
    more,
  })
  .map((facts) => ({ ...facts, cached: Math.min(facts.cached, facts.input) }));
const calls = fc.array(call, { minLength: 1, maxLength: 5 });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("calls" as const), calls }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("late" as const), calls }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("lost" as const), calls }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("rollup" as const), times: fc.integer({ min: 1, max: 2 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("kill" as const), statement: fc.integer({ min: 0, max: 12 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("zone" as const), timeZone: fc.constantFrom(...zones) }),
  },
);

export const history: fc.Arbitrary<History> = fc.record({
  start: fc.constantFrom(...starts),
  timeZone: fc.constantFrom(...zones),
  steps: fc.array(step, { minLength: 2, maxLength: 5 }),
});
