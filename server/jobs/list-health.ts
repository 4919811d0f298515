import { withJobs } from "@/server/db";
import { type FunctionHealth, functionHealth } from "./queries";

/** How each job of this installation fares. For operators: it concerns no tenant, so no tenant's screen shows it. */
export function listJobHealth(now: Date): Promise<FunctionHealth[]> {
  return withJobs((db) => functionHealth(db, now));
}
