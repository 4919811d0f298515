import { withJobs } from "@/server/db";
import * as queries from "./queries";

/** The connections of all tenants whose bills are read each day. */
export function listReadableBills(): Promise<queries.ConnectionId[]> {
  return withJobs(queries.readableConnections);
}
