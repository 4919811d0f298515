import { withJobs } from "@/server/db";
import { silentRuns } from "./queries";

const silenceMs = 3 * 60_000;

/** Runs that should be under way and gave no sign of life for minutes: whoever was at them is gone. */
export function listSilentRuns(now: Date) {
  return withJobs((db) => silentRuns(db, new Date(now.getTime() - silenceMs)));
}
