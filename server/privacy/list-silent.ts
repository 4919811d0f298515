import { withJobs } from "@/server/db";
import { silentErasureTenants } from "./queries";

const silenceMs = 3 * 60_000;

/** Tenants with an erasure that gave no sign of life for minutes. */
export function listSilentErasures(now: Date): Promise<string[]> {
  return withJobs((db) => silentErasureTenants(db, new Date(now.getTime() - silenceMs)));
}
