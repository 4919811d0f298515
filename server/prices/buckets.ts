/** The disjoint token buckets of a call; the first five add up to its input tokens, the last three to its output tokens. */
export const inputTokenBuckets = [
  "freshInputTokens",
  "cacheReadTokens",
  "cacheWrite5mTokens",
  "cacheWrite1hTokens",
  "audioInputTokens",
] as const;

export const outputTokenBuckets = ["visibleOutputTokens", "reasoningTokens", "audioOutputTokens"] as const;

export const tokenBuckets = [...inputTokenBuckets, ...outputTokenBuckets] as const;

/** Everything that a call is priced by. `toolUnits` counts a tool's own unit (requests, searches), not tokens. */
export const buckets = [...tokenBuckets, "toolUnits"] as const;

export type TokenBucket = (typeof tokenBuckets)[number];
export type Bucket = (typeof buckets)[number];

/** Non-negative whole units of each bucket. */
export type BucketUnits = Readonly<Record<Bucket, number>>;

/** Input tokens of the whole call, however they were cached: what a price tier is chosen by. */
export function totalInputTokens(units: BucketUnits): number {
  return inputTokenBuckets.reduce((total, bucket) => total + units[bucket], 0);
}

export function totalOutputTokens(units: BucketUnits): number {
  return outputTokenBuckets.reduce((total, bucket) => total + units[bucket], 0);
}
