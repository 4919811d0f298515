import type { FakeAnswer } from "./http-server";

/** What a provider has on its books: one model, day, tier and project, with the tokens of each class and what they cost. */
export interface BookedUsage {
  /** Of UTC. */
  day: string;
  model: string;
  /** standard, batch, flex or priority. */
  service: string;
  workspace: string;
  requests: number;
  /** Tokens and USD by class, as bills name classes. */
  classes: Record<string, { tokens: number; usd: string }>;
}

/** A line without a model: tax, a credit. */
export interface BookedExtra {
  day: string;
  description: string;
  usd: string;
}

export function makeBillState() {
  return {
    usage: [] as BookedUsage[],
    extras: [] as BookedExtra[],
    /** Requests until it wants a pause, and for how long. */
    requestsLeft: Infinity,
    retryAfter: "30" as string | null,
    /** Answers the next requests so, one each. */
    next: [] as FakeAnswer[],
    daysOnPage: 7,
    /** Costs as JSON numbers or as strings. */
    amountsAs: "number" as "number" | "string",
  };
}
export type BillState = ReturnType<typeof makeBillState>;

export const dayMs = 86_400_000;
export const daysBetween = (from: number, to: number) =>
  Array.from({ length: Math.max(0, Math.round((to - from) / dayMs)) }, (_, at) =>
    new Date(from + at * dayMs).toISOString().slice(0, 10),
  );

/** One page of the days, from an opaque place on. */
export function pageOfDays(days: string[], page: string | null, size: number) {
  const from = page === null ? 0 : Number(Buffer.from(page, "base64url").toString().replace("day:", ""));
  const hasMore = from + size < days.length;
  const next = hasMore ? Buffer.from(`day:${String(from + size)}`).toString("base64url") : null;
  return { days: days.slice(from, from + size), hasMore, next };
}

/** What stands before the answer proper: planned faults, and a limit of requests. */
export function faultOf(state: BillState): FakeAnswer | null {
  const planned = state.next.shift();
  if (planned) return planned;
  if (state.requestsLeft <= 0)
    return { status: 429, body: { error: { message: "Rate limit reached" } }, headers: state.retryAfter === null ? {} : { "retry-after": state.retryAfter } }; // prettier-ignore
  state.requestsLeft -= 1;
  return null;
}

/** Sums rows by the groups that were asked for; what was not asked for is null. */
export function grouped<T>(rows: T[], keyOf: (row: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.keys()].sort().map((key) => groups.get(key) ?? []);
}
