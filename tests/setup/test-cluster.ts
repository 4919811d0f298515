import type { Secrets } from "@/server/launch/secrets";

/** The database that every test file's own is copied from; nobody connects to it once it is made. */
export const templateDatabase = "tokenledger_template";

export interface TestCluster {
  /** As superuser, to the maintenance database. */
  adminUrl: string;
  secrets: Secrets;
}
