import type { Bucket, BucketUnits } from "@/server/prices/buckets";
import type { PricedCall } from "@/server/prices/price-call";
import type { CallInput } from "./schemas";

/** A checked and priced call, ready for the ledger. */
export interface LedgerCall {
  input: CallInput;
  occurredAt: Date;
  units: BucketUnits;
  keyId: string | null;
  /** As sent, else the price book's name for whoever offers the model. */
  provider: string;
  price: Pick<PricedCall, "costUsd" | "status" | "priceVersionId"> & { priceRuleId?: string | null };
  /** Set on each row of a call that served several (shares.ts). */
  share?: { of: string; no: number; weight: string };
}

export type LedgerValue = string | number | boolean | null;

interface LedgerColumn {
  column: string;
  type: string;
  of: (call: LedgerCall) => LedgerValue;
  /** Null for most calls: left out of a batch in which it is null for all. */
  isRare?: true;
}

/** The ledger's column of each bucket. */
export const bucketColumns = {
  freshInputTokens: "fresh_input_tokens",
  cacheReadTokens: "cache_read_tokens",
  cacheWrite5mTokens: "cache_write_5m_tokens",
  cacheWrite1hTokens: "cache_write_1h_tokens",
  audioInputTokens: "audio_input_tokens",
  visibleOutputTokens: "visible_output_tokens",
  reasoningTokens: "reasoning_tokens",
  audioOutputTokens: "audio_output_tokens",
  toolUnits: "tool_units",
} as const satisfies Record<Bucket, string>;

const unitColumns = (Object.keys(bucketColumns) as Bucket[]).map((bucket): LedgerColumn => ({
  column: bucketColumns[bucket],
  type: "integer",
  of: ({ units }) => units[bucket],
}));

/**
 * What of a call goes into which column; tenant, source and time of receipt are the batch's. Read column by column
 * straight into array literals: a row object of forty keys a call was a fifth of ingest's processor time.
 */
export const ledgerColumns: readonly LedgerColumn[] = [
  { column: "call_id", type: "text", of: ({ input }) => input.id },
  { column: "key_id", type: "uuid", of: ({ keyId }) => keyId },
  { column: "occurred_at", type: "timestamptz", of: ({ occurredAt }) => occurredAt.toISOString() },
  { column: "kind", type: "text", of: ({ input }) => input.kind },
  { column: "provider", type: "text", of: ({ provider }) => provider },
  { column: "model", type: "text", of: ({ input }) => input.model ?? "" },
  { column: "user_id", type: "text", of: ({ input }) => input.userId ?? null },
  { column: "account_id", type: "text", of: ({ input }) => input.accountId ?? null },
  { column: "feature", type: "text", of: ({ input }) => input.feature ?? null },
  { column: "team", type: "text", of: ({ input }) => input.team ?? null },
  { column: "environment", type: "text", of: ({ input }) => input.environment ?? null },
  { column: "prompt_id", type: "text", of: ({ input: { prompt } }) => prompt?.id ?? prompt?.hash ?? null },
  {
    column: "prompt_version",
    type: "text",
    // The hash tells versions apart where nobody numbers them; without an id it is the prompt itself.
    of: ({ input: { prompt } }) =>
      prompt?.version ?? (prompt?.id === undefined ? null : (prompt.hash ?? null)),
  },
  { column: "route", type: "text", of: ({ input }) => input.route ?? null },
  { column: "region", type: "text", of: ({ input }) => input.region ?? null },
  { column: "tier", type: "text", of: ({ input }) => input.tier ?? null },
  { column: "run_id", type: "text", of: ({ input }) => input.runId ?? null },
  { column: "root_request_id", type: "text", of: ({ input }) => input.rootRequestId ?? null },
  { column: "provider_request_id", type: "text", of: ({ input }) => input.providerRequestId ?? null },
  { column: "attempt", type: "smallint", of: ({ input }) => input.attempt },
  { column: "error_class", type: "text", of: ({ input }) => input.errorClass ?? null },
  { column: "billed", type: "text", of: ({ input }) => input.billed },
  { column: "batch", type: "boolean", of: ({ input }) => input.batch },
  { column: "cache", type: "text", of: ({ input }) => input.cache },
  { column: "latency_ms", type: "integer", of: ({ input }) => input.latencyMs ?? null },
  ...unitColumns,
  { column: "cost_usd", type: "numeric", of: ({ price }) => price.costUsd },
  { column: "price_status", type: "text", of: ({ price }) => price.status },
  { column: "price_version_id", type: "uuid", of: ({ price }) => price.priceVersionId },
  { column: "reported_cost_usd", type: "numeric", of: ({ input }) => input.reportedCostUsd ?? null },
  { column: "tags", type: "jsonb", of: ({ input }) => (input.tags ? JSON.stringify(input.tags) : null) },
  { column: "service_tier", type: "text", of: ({ input }) => input.serviceTier ?? null, isRare: true },
  {
    column: "units",
    type: "jsonb",
    of: ({ input: { usage } }) => (usage?.units ? JSON.stringify(usage.units) : null),
    isRare: true,
  },
  { column: "completed_at", type: "timestamptz", of: ({ input }) => input.completedAt ?? null, isRare: true },
  { column: "price_rule_id", type: "uuid", of: ({ price }) => price.priceRuleId ?? null, isRare: true },
  { column: "share_of", type: "text", of: ({ share }) => share?.of ?? null, isRare: true },
  { column: "share_no", type: "smallint", of: ({ share }) => share?.no ?? null, isRare: true },
  { column: "share_weight", type: "numeric", of: ({ share }) => share?.weight ?? null, isRare: true },
];

/** The columns that these calls need: an array of nulls costs as much to send and read as one of values. */
export function columnsOf(calls: readonly LedgerCall[]): LedgerColumn[] {
  return ledgerColumns.filter(({ isRare, of }) => !isRare || calls.some((call) => of(call) !== null));
}
