import { randomUUID } from "node:crypto";
import type { Incident } from "@/server/incidents/schemas";

/** An incident as a rule would have opened it: a feature that costs 63 % more than the week before. */
export function incidentOf(overrides: Partial<Incident> = {}): Incident {
  const at = overrides.openedAt ?? new Date("2026-11-20T12:00:00Z");
  const window = { from: new Date("2026-11-13T00:00:00Z"), to: new Date("2026-11-20T00:00:00Z") };
  return {
    id: randomUUID(),
    rule: "week-over-week",
    subject: { kind: "feature", key: "email-drafts" },
    state: "open",
    severity: "warning",
    window,
    lastWindow: window,
    unit: "usd",
    expected: "25.28",
    actual: "41.2",
    impactUsd: "15.92",
    monthEndUsd: "68.2285714285714286",
    level: null,
    details: {
      sentence: "email-drafts cost $41.20 this week, 63 % more than the week before ($25.28).",
      contributors: [{ label: "prompt draft v3", deltaUsd: "12.4" }],
      params: {},
      callIds: [],
    },
    openedAt: at,
    seenAt: at,
    snoozedUntil: null,
    resolvedAt: null,
    ...overrides,
  };
}
