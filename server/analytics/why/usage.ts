import type { Bucket } from "@/server/prices/buckets";

/** What one combination of tags used in a stretch; '' is no tag. */
export interface Usage {
  feature: string;
  kind: string;
  prompt: string;
  version: string;
  provider: string;
  model: string;
  calls: number;
  /** First attempts among them. */
  requests: number;
  /** Failed without tokens and without cost. */
  freeCalls: number;
  unpricedCalls: number;
  unpricedTokens: number;
  /** USD, decimal string. */
  costUsd: string;
  units: Readonly<Record<Bucket, number>>;
}
