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
  const content = [
    call.kind, call.provider, call.model, call.userId, call.accountId, call.feature, call.team, call.environment,
    prompt?.id, prompt?.version, prompt?.hash, call.route, call.region, call.tier, call.runId, call.rootRequestId,
    call.providerRequestId, call.attempt, call.errorClass, call.billed, call.batch, call.cache, call.latencyMs,
    usage?.inputTokens, usage?.outputTokens, usage?.cacheReadTokens, usage?.cacheWrite5mTokens, usage?.cacheWrite1hTokens,
    usage?.audioInputTokens, usage?.reasoningTokens, usage?.audioOutputTokens, usage?.toolUnits, call.reportedCostUsd, sortedTags,
  ]; // prettier-ignore
  return hash("sha256", JSON.stringify(content), "hex").slice(0, 32);
}
