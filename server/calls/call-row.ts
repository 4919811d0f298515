import { z } from "zod";
import { callKinds, priceStatuses } from "./schemas";

const text = z.string().nullable();
const instant = z.date().transform((date) => date.toISOString());

/** A call in a list. */
export const CallRow = z.object({
  id: z.string(),
  occurredAt: instant,
  receivedAt: instant,
  kind: z.enum(callKinds),
  provider: z.string(),
  model: z.string(),
  userId: text,
  accountId: text,
  feature: text,
  team: text,
  environment: text,
  promptId: text,
  promptVersion: text,
  attempt: z.number(),
  errorClass: text,
  batch: z.boolean(),
  cache: z.enum(["none", "exact", "semantic"]),
  latencyMs: z.number().nullable(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  /** USD, decimal string; null is unpriced. */
  costUsd: text,
  priceStatus: z.enum(priceStatuses),
});
export type CallRow = z.infer<typeof CallRow>;

/** Everything the ledger holds of one call. */
export const CallDetail = CallRow.extend({
  source: z.string(),
  keyId: text,
  route: text,
  region: text,
  tier: text,
  runId: text,
  rootRequestId: text,
  providerRequestId: text,
  billed: z.enum(["yes", "no", "unknown"]),
  units: z.object({
    freshInputTokens: z.number(),
    cacheReadTokens: z.number(),
    cacheWrite5mTokens: z.number(),
    cacheWrite1hTokens: z.number(),
    audioInputTokens: z.number(),
    visibleOutputTokens: z.number(),
    reasoningTokens: z.number(),
    audioOutputTokens: z.number(),
    toolUnits: z.number(),
  }),
  /** Quantities besides tokens, by the name of the unit: decimal strings. */
  otherUnits: z.record(z.string(), z.string()),
  serviceTier: text,
  priceVersionId: text,
  priceRuleId: text,
  /** The call that this row is a share of. */
  shareOf: text,
  shareWeight: text,
  reportedCostUsd: text,
  tags: z.record(z.string(), z.string()).nullable(),
});
export type CallDetail = z.infer<typeof CallDetail>;
