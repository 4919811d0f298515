import { hash } from "node:crypto";
import type { CallInput } from "./schemas";

/**
 * What tells a repeat (same id, same content: a duplicate) from a clash (same id, other content: a conflict).
 * Leaves out the id itself and the time, since a sender that retries may stamp the repeat anew.
 * @returns 16 bytes in hex
 */
export function fingerprint(call: CallInput): string {
  const { prompt, usage, tags } = call;
  const sortedTags =
    tags &&
    Object.keys(tags)
      .sort()
      .map((key) => [key, tags[key]]);
  // Positional, so that the order of the sender's keys does not matter. Append only: stored fingerprints must keep.
  const content: unknown[] = [
    call.kind, call.provider, call.model, call.userId, call.accountId, call.feature, call.team, call.environment,
    prompt?.id, prompt?.version, prompt?.hash, call.route, call.region, call.tier, call.runId, call.rootRequestId,
    call.providerRequestId, call.attempt, call.errorClass, call.billed, call.batch, call.cache, call.latencyMs,
    usage?.inputTokens, usage?.outputTokens, usage?.cacheReadTokens, usage?.cacheWrite5mTokens, usage?.cacheWrite1hTokens,
    usage?.audioInputTokens, usage?.reasoningTokens, usage?.audioOutputTokens, usage?.toolUnits, call.reportedCostUsd, sortedTags,
  ]; // prettier-ignore
  const units = usage?.units && Object.entries(usage.units).sort(([one], [other]) => (one < other ? -1 : 1));
  const rare = { units, serviceTier: call.serviceTier, completedAt: call.completedAt, shares: call.shares };
  // Left out where there is none, which is how calls were printed before these existed.
  if (Object.values(rare).some((value) => value !== undefined)) content.push(rare);
  return hash("sha256", JSON.stringify(content), "hex").slice(0, 32);
}
