import { z } from "zod";

/** What costs money; spans and the like only hold it together. */
const observationTypes = ["GENERATION", "EMBEDDING"] as const;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** What was written late is found by looking back as far (formats 3). */
const overlapMs = hourMs;
/** Langfuse may show a row and complete it some minutes later: rows that ended just now are left for the next pull. */
const settledAfterMs = 15 * 60_000;
/** What nobody ended in a day nobody will. */
const givenUpAfterMs = dayMs;
export const largestPage = 1_000;
export const smallestPage = 50;

/** Where a pull stands. A run goes over its window in slices of a day, of each type page by page. */
export const LangfuseResume = z.object({
  /** End of the whole window: when the run began. */
  until: z.coerce.date(),
  /** Start of this slice. */
  from: z.coerce.date(),
  type: z.enum(observationTypes),
  cursor: z.string().nullable(),
  pageSize: z.int().min(1).max(largestPage),
  /** Start of the oldest row that was left for later. */
  heldBack: z.coerce.date().nullable(),
});
export type LangfuseResume = z.infer<typeof LangfuseResume>;

const earlier = (one: Date, other: Date | null) => (other !== null && other < one ? other : one);

/** A run that begins now. */
export function beginPull(pulledTo: Date | null, now: Date, daysBack: number): LangfuseResume {
  const first = Math.min(now.getTime() - daysBack * dayMs, now.getTime() - overlapMs);
  const from = new Date(pulledTo === null ? first : Math.min(pulledTo.getTime(), now.getTime()) - overlapMs);
  return { until: now, from, type: observationTypes[0], cursor: null, pageSize: largestPage, heldBack: null };
}

export function sliceEnd({ from, until }: LangfuseResume): Date {
  return earlier(new Date(from.getTime() + dayMs), until);
}

/** Whether the row will stay as it is, as far as we can know. */
export function isSettled(row: { startedAt: Date; endedAt: Date | null }, now: Date): boolean {
  if (row.endedAt === null) return now.getTime() - row.startedAt.getTime() >= givenUpAfterMs;
  return now.getTime() - row.endedAt.getTime() >= settledAfterMs;
}

export interface PageOutcome {
  cursor: string | null;
  /** Starts of rows that were left for later. */
  heldBack: readonly Date[];
}

/**
 * What comes after a page.
 * @returns the next page's place, or null at the end; and how far everything was pulled, where a slice came to its end
 */
export function afterPage(
  at: LangfuseResume,
  page: PageOutcome,
): { resume: LangfuseResume | null; pulledTo: Date | null } {
  const heldBack = page.heldBack.reduce<Date | null>((oldest, start) => earlier(start, oldest), at.heldBack);
  const here = { ...at, heldBack };
  if (page.cursor !== null) return { resume: { ...here, cursor: page.cursor }, pulledTo: null };
  const type = observationTypes[observationTypes.indexOf(at.type) + 1];
  if (type !== undefined) return { resume: { ...here, type, cursor: null }, pulledTo: null };
  const end = sliceEnd(at);
  const pulledTo = earlier(end, heldBack);
  if (end >= at.until) return { resume: null, pulledTo };
  return { resume: { ...here, from: end, type: observationTypes[0], cursor: null }, pulledTo };
}

/** The same place in smaller pages, or null when they are as small as they get. */
export function withSmallerPages(at: LangfuseResume): LangfuseResume | null {
  if (at.pageSize <= smallestPage) return null;
  return { ...at, pageSize: Math.max(smallestPage, Math.floor(at.pageSize / 4)) };
}
