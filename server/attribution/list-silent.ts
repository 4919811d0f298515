import { withJobs } from "@/server/db";
import { silentRunTenants } from "./run-query";

const silenceMs = 3 * 60_000;

/** Tenants whose run gave no sign of life for minutes: whoever was at it is gone. */
export function listSilentRuns(now: Date): Promise<string[]> {
  return withJobs((db) => silentRunTenants(db, new Date(now.getTime() - silenceMs)));
}
