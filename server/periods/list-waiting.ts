import { withJobs } from "@/server/db";
import { tenantsWithClosings } from "./closing-queries";

/** Tenants with months that wait to be closed, or were closed by the job and are still to be told of. */
export function listWaitingTenants(): Promise<string[]> {
  return withJobs(tenantsWithClosings);
}
