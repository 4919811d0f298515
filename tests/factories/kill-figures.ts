import type { Baseline, Evidence, KillFigures } from "@/server/kill-review/schemas";

/** A feature's evidence, sound in itself. */
export const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  uses: 40,
  calls: 44,
  requests: 40,
  events: 12,
  activeUsers: 30,
  costUsd: "5",
  unpricedCalls: 0,
  costShare: "0.05",
  perUserUsd: "0.166666666666666667",
  perUseUsd: "0.125",
  conversion: null,
  months: [
    { month: "2026-09-01", costUsd: null, uses: null, isPartial: false },
    { month: "2026-10-01", costUsd: "6", uses: 50, isPartial: false },
    { month: "2026-11-01", costUsd: "5", uses: 40, isPartial: false },
  ],
  usesRatio: "0.8",
  teams: ["core"],
  ownerId: null,
  forecast: { expectedUsd: "5.2", lowUsd: "4", highUsd: "6.5" },
  firstUsedOn: null,
  dearestUsers: null,
  overlap: null,
  reason: null,
  ...change,
});

export const killFigures = (change: Partial<KillFigures> = {}): KillFigures => ({
  from: "2026-11-01T00:00:00.000Z",
  to: "2026-12-01T00:00:00.000Z",
  firstCallAt: "2026-01-05T10:00:00.000Z",
  costUsd: "100",
  calls: 900,
  unpricedCalls: 3,
  unattributed: { costUsd: "4", calls: 20, unpricedCalls: 0 },
  bottom: { features: 1, costUsd: "5" },
  decisions: [],
  finalThrough: "2026-12-01T07:00:00.000Z",
  rolledThrough: "2026-12-01T08:00:00.000Z",
  countedAt: "2026-12-01T07:59:00.000Z",
  ...change,
});

export const killBaseline = (change: Partial<Baseline> = {}): Baseline => ({
  takenOn: "2026-12-03",
  first: "2026-12-01",
  past: [0.25, 0.75],
  stretches: [
    {
      first: "2027-01-01",
      last: "2027-01-31",
      expected: { expectedUsd: "15.5", lowUsd: "11", highUsd: "22" },
    },
  ],
  ...change,
});
