import { withJobs } from "@/server/db";
import { ensureMonths } from "./queries";

const monthsAhead = 4;

/** First days (UTC, YYYY-MM-01) of the month of `now` and the ones that follow. */
export function comingMonths(now: Date, count: number): string[] {
  return Array.from({ length: count + 1 }, (_, i) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + i, 1)).toISOString().slice(0, 10),
  );
}

/** A month without its partition would refuse every call, so they are made well ahead; repeats change nothing. */
export async function makeMonthsAhead(now: Date): Promise<void> {
  await withJobs((db) => ensureMonths(db, comingMonths(now, monthsAhead)));
}
