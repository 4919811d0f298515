import { withJobs } from "@/server/db";
import { tenantsWithWaiting } from "./queries";

/** Tenants with deliveries that wait. */
export function listTenantsWithDeliveries(): Promise<string[]> {
  return withJobs(tenantsWithWaiting);
}
