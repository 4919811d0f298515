import { withJobs } from "@/server/db";
import * as queries from "./queries";

/** Tenants whose roll-ups are behind their ledger. */
export function listTenantsWithWork(): Promise<string[]> {
  return withJobs(queries.tenantsWithWork);
}

export function listAllTenants(): Promise<string[]> {
  return withJobs(queries.allTenants);
}
