import { type BucketUnits, buckets, totalInputTokens, totalOutputTokens } from "@/server/prices/buckets";
import type { PriceStatus } from "@/server/prices/price-call";

/** Tags that reports of one response complete each other by. */
export const sharedTags = [
  "userId",
  "accountId",
  "feature",
  "team",
  "environment",
  "promptId",
  "promptVersion",
  "route",
] as const;
export type SharedTag = (typeof sharedTags)[number];
export type CallTags = Record<SharedTag, string | null>;

/** One report of a provider's response. */
export interface Report {
  callId: string;
  occurredAt: Date;
  source: string;
  priceStatus: PriceStatus;
  units: BucketUnits;
  tags: CallTags;
}

const byStatus: Record<PriceStatus, number> = {
  priced: 0,
  estimated: 1,
  partial: 2,
  reported: 3,
  unpriced: 4,
};
/** A gateway sees what the provider answered; a program may have looked before the stream's last words. */
const bySource = ["litellm", "otlp", "api"];
const sourceRank = (source: string) =>
  bySource.includes(source) ? bySource.indexOf(source) : bySource.length;

function compare(one: Report, other: Report): number {
  const used = ({ units }: Report) => buckets.filter((bucket) => units[bucket] > 0).length;
  const tokens = ({ units }: Report) => totalInputTokens(units) + totalOutputTokens(units);
  return (
    byStatus[one.priceStatus] - byStatus[other.priceStatus] ||
    used(other) - used(one) ||
    tokens(other) - tokens(one) ||
    sourceRank(one.source) - sourceRank(other.source) ||
    (one.callId < other.callId ? -1 : 1)
  );
}

/**
 * Of several reports of one response the one to count, whatever the order in which they came: the best priced, then the
 * one that tells most buckets apart, then the fuller, then a gateway's.
 */
export function preferReport<R extends Report>(
  reports: readonly [R, ...R[]],
): { counted: R; tags: CallTags } {
  const [first] = reports;
  const ranked = [...reports].sort(compare);
  const counted = ranked[0] ?? first;
  return { counted, tags: completeTags(ranked) };
}

/** Each tag from the best report that has it; a version is only worth something beside its own prompt. */
function completeTags(ranked: readonly Report[]): CallTags {
  const firstWith = (tag: SharedTag) => ranked.find(({ tags }) => tags[tag] !== null)?.tags;
  const entries = sharedTags.map((tag) => {
    const from = tag === "promptVersion" ? firstWith("promptId") : firstWith(tag);
    return [tag, from?.[tag] ?? null] as const;
  });
  return Object.fromEntries(entries) as CallTags;
}
