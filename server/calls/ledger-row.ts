import { buckets, type Bucket } from "@/server/prices/buckets";
import type { AdmittedCall } from "./admit";
import type { PricedCall } from "@/server/prices/price-call";

/** What the price book says of one call. */
type CallPrice = Pick<PricedCall, "costUsd" | "status" | "priceVersionId">;

export type LedgerValue = string | number | boolean | null;

/** A priced call as the ledger stores it, by column. */
export type LedgerRow = Record<(typeof ledgerColumns)[number]["column"], LedgerValue>;

/** Columns that ingest fills call by call, with their SQL types; the rest (tenant, source, received) is the batch's. */
export const ledgerColumns = [
  { column: "call_id", type: "text" },
  { column: "key_id", type: "uuid" },
  { column: "occurred_at", type: "timestamptz" },
  { column: "kind", type: "text" },
  { column: "provider", type: "text" },
  { column: "model", type: "text" },
  { column: "user_id", type: "text" },
  { column: "account_id", type: "text" },
  { column: "feature", type: "text" },
  { column: "team", type: "text" },
  { column: "environment", type: "text" },
  { column: "prompt_id", type: "text" },
  { column: "prompt_version", type: "text" },
  { column: "route", type: "text" },
  { column: "region", type: "text" },
  { column: "tier", type: "text" },
  { column: "run_id", type: "text" },
  { column: "root_request_id", type: "text" },
  { column: "provider_request_id", type: "text" },
  { column: "attempt", type: "smallint" },
  { column: "error_class", type: "text" },
  { column: "billed", type: "text" },
  { column: "batch", type: "boolean" },
  { column: "cache", type: "text" },
  { column: "latency_ms", type: "integer" },
  { column: "fresh_input_tokens", type: "integer" },
  { column: "cache_read_tokens", type: "integer" },
  { column: "cache_write_5m_tokens", type: "integer" },
  { column: "cache_write_1h_tokens", type: "integer" },
  { column: "audio_input_tokens", type: "integer" },
  { column: "visible_output_tokens", type: "integer" },
  { column: "reasoning_tokens", type: "integer" },
  { column: "audio_output_tokens", type: "integer" },
  { column: "tool_units", type: "integer" },
  { column: "cost_usd", type: "numeric" },
  { column: "price_status", type: "text" },
  { column: "price_version_id", type: "uuid" },
  { column: "reported_cost_usd", type: "numeric" },
  { column: "tags", type: "jsonb" },
] as const;

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

/** `provider` is the price book's name for it when it knows the model, so that one model is not shown under two. */
export function toLedgerRow(
  call: AdmittedCall,
  keyId: string | null,
  provider: string,
  price: CallPrice,
): LedgerRow {
  const { input, units } = call;
  const row = {
    call_id: input.id,
    key_id: keyId,
    occurred_at: call.occurredAt.toISOString(),
    kind: input.kind,
    provider,
    model: input.model ?? "",
    user_id: input.userId ?? null,
    account_id: input.accountId ?? null,
    feature: input.feature ?? null,
    team: input.team ?? null,
    environment: input.environment ?? null,
    prompt_id: input.prompt?.id ?? input.prompt?.hash ?? null,
    prompt_version:
      input.prompt?.version ?? (input.prompt?.id === undefined ? null : (input.prompt.hash ?? null)),
    route: input.route ?? null,
    region: input.region ?? null,
    tier: input.tier ?? null,
    run_id: input.runId ?? null,
    root_request_id: input.rootRequestId ?? null,
    provider_request_id: input.providerRequestId ?? null,
    attempt: input.attempt,
    error_class: input.errorClass ?? null,
    billed: input.billed,
    batch: input.batch,
    cache: input.cache,
    latency_ms: input.latencyMs ?? null,
    cost_usd: price.costUsd,
    price_status: price.status,
    price_version_id: price.priceVersionId,
    reported_cost_usd: input.reportedCostUsd ?? null,
    tags: input.tags ? JSON.stringify(input.tags) : null,
  };
  const amounts = Object.fromEntries(
    buckets.map((bucket) => [bucketColumns[bucket], units[bucket]]),
  ) as Record<(typeof bucketColumns)[Bucket], number>;
  return { ...row, ...amounts };
}
