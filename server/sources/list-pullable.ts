import { withJobs } from "@/server/db";
import * as queries from "./queries";

/** The connections of all tenants that are pulled from each hour. */
export function listPullable(): Promise<queries.ConnectionId[]> {
  return withJobs(queries.pullableConnections);
}
