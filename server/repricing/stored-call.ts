import { z } from "zod";
import { priceStatuses } from "@/server/calls/schemas";
import type { PriceStatus } from "@/server/prices/price-call";

const units = z.number().int();
const text = z.string().nullable();

/** A ledger row, as far as its price depends on it. */
export const StoredCall = z.object({
  /** ISO 8601 to the microsecond, as the key has it: a Date would lose digits, and the row with them. */
  occurredAt: z.string(),
  callId: z.string(),
  kind: z.string(),
  provider: z.string(),
  model: z.string(),
  feature: text,
  region: text,
  errorClass: text,
  billed: z.enum(["yes", "no", "unknown"]),
  cache: z.enum(["none", "exact", "semantic"]),
  batch: z.boolean(),
  serviceTier: text,
  freshInputTokens: units,
  cacheReadTokens: units,
  cacheWrite5mTokens: units,
  cacheWrite1hTokens: units,
  audioInputTokens: units,
  visibleOutputTokens: units,
  reasoningTokens: units,
  audioOutputTokens: units,
  toolUnits: units,
  /** Quantities that are no tokens, by the price book's name of the unit. */
  otherUnits: z.record(z.string(), z.string()).nullable(),
  reportedCostUsd: text,
  costUsd: text,
  status: z.enum(priceStatuses),
  shareOf: text,
  shareNo: units.nullable(),
  shareWeight: text,
});
export type StoredCall = z.infer<typeof StoredCall>;

/** What the price book gives for a call. */
export interface BookPrice {
  costUsd: string | null;
  status: PriceStatus;
  priceVersionId: string | null;
  priceRuleId: string | null;
}

/** Null: the price of that call cannot be worked out again, and stays. */
export type PriceOf = (call: StoredCall) => BookPrice | null;

export function keyOf(call: Pick<StoredCall, "occurredAt" | "callId">): string {
  return `${call.occurredAt} ${call.callId}`;
}
