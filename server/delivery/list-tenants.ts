import { withJobs } from "@/server/db";
import { tenantsWithDue } from "./delivery-queries";
import { tenantsWithUntold } from "./incident-query";

/** What is older is told by nobody any more: an alert of yesterday is none. */
export const untoldSince = (now: Date) => new Date(now.getTime() - 24 * 3_600_000);

/** Tenants whose messages wait or hang, or who have something that was not even written down to be told. */
export async function listTenantsWithMessages(now: Date): Promise<string[]> {
  const [due, untold] = await withJobs(async (db) => [
    await tenantsWithDue(db, now),
    await tenantsWithUntold(db, untoldSince(now)),
  ]);
  return [...new Set([...due, ...untold])].sort();
}
