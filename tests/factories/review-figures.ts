import type { ReviewFigures } from "@/server/weekly-review/schemas";

const week = ["16", "17", "18", "19", "20", "21", "22"].map((of) => `2026-11-${of}`);

/** A week as a review tells it. */
export function reviewFigures({ feature = "chat" }: { feature?: string } = {}): ReviewFigures {
  return {
    from: "2026-11-16T00:00:00.000Z",
    to: "2026-11-23T00:00:00.000Z",
    firstCallAt: "2026-11-01T00:00:00.000Z",
    spend: {
      costUsd: "120.5",
      calls: 4_200,
      unpricedCalls: 12,
      correctionsUsd: null,
      previous: { costUsd: "100", calls: 4_000, unpricedCalls: 0 },
      changeUsd: "20.5",
      days: week.map((day, at) => ({ day, costUsd: String(10 + at), previousUsd: at === 0 ? null : "14" })),
      forecast: { method: "weekday-aware", expectedUsd: "104.00", lowUsd: "96.00", highUsd: "113.00" },
      month: {
        first: "2026-11-01",
        last: "2026-11-30",
        usedUsd: "331.25",
        forecast: { method: "weekday-aware", expectedUsd: "450.00", lowUsd: "431.00", highUsd: "470.00" },
        budgetUsd: "400",
      },
    },
    growth: {
      features: [
        { key: feature, costUsd: "60", previousUsd: "30", changeUsd: "30", changeRatio: "1", isNew: false },
      ],
      teams: [
        { key: null, costUsd: "20", previousUsd: "0", changeUsd: "20", changeRatio: null, isNew: true },
      ],
    },
    calls: [
      {
        id: "call-1",
        occurredAt: "2026-11-18T10:00:00.000Z",
        feature,
        provider: "openai",
        model: "gpt-4o",
        costUsd: "4.2",
        ratio: "21.5",
        isOutlier: true,
      },
    ],
    incidents: {
      opened: 1,
      resolved: 0,
      unresolved: 1,
      list: [
        {
          id: "44444444-4444-4444-8444-444444444444",
          rule: "week-over-week",
          subjectKind: "feature",
          subjectKey: feature,
          severity: "warning",
          state: "open",
          unit: "usd",
          expected: "30",
          actual: "60",
          impactUsd: "30",
          openedAt: "2026-11-20T09:00:00.000Z",
          resolvedAt: null,
        },
      ],
    },
    budgets: {
      inForce: 3,
      near: 1,
      list: [
        {
          id: "22222222-2222-4222-8222-222222222222",
          subjectKind: "user",
          subjectKey: null,
          amountUsd: "50",
          usedUsd: "45.1",
          usedShare: "0.902",
          unpricedCalls: 0,
          forecastUsd: "61.00",
          gapUsd: "11",
          passedOn: "2026-11-26",
        },
      ],
    },
    gaps: {
      unpricedCalls: 12,
      unpricedTokens: 48_000,
      wanted: ["feature"],
      unattributedUsd: "6.03",
      unattributedShare: "0.05",
      lacking: [
        { tag: "feature", costUsd: "6.03", costShare: "0.05" },
        { tag: "team", costUsd: "0", costShare: "0" },
      ],
      finalThrough: "2026-11-23T12:00:00.000Z",
      rolledThrough: "2026-11-23T13:00:00.000Z",
      pendingHours: 0,
    },
  };
}
