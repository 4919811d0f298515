import { withJobs } from "@/server/db";
import { tenantsWithWork } from "./state-query";

/** Tenants whose activity is behind their calls and events. */
export function listTenantsWithActivity(): Promise<string[]> {
  return withJobs(tenantsWithWork);
}
