import type { Db } from "@/server/db";
import type { SdkClient } from "./sdk-client";

export interface Log {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a run needs of the world around it. */
export interface Host {
  sdk: SdkClient;
  now(): Date;
  transaction<T>(fn: (db: Db) => Promise<T>): Promise<T>;
  /** Fires when this process stops or is no longer the one that runs the jobs. */
  signal: AbortSignal;
  log: Log;
}
