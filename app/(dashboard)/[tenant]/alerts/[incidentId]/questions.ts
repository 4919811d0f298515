import type { SpendFilter, Stretch } from "@/server/analytics/schemas";

/** What page and browser ask alike for the chart: which buckets there are, and every figure of them. */
export function seriesQuestions(asked: Stretch & { granularity: "hour" | "day" }, filter: SpendFilter) {
  return { trend: { ...asked, filter }, spend: { ...asked, filter, limit: 10_000 } } as const;
}

/** The messages that told an incident. */
export const messagesQuestion = (incidentId: string) => ({ incidentId, limit: 200 }) as const;
