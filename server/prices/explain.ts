import type { Estimate, Rates } from "./bucket-rates";
import type { Bucket } from "./buckets";
import { Usd } from "./decimal";
import { type CallToPrice, isEstimated, priceCall, type PriceLine, type PriceStatus } from "./price-call";

/** A call as the ledger has it. */
export interface StoredCall extends CallToPrice {
  costUsd: string | null;
  priceStatus: PriceStatus;
}

export interface ExplainedLine extends PriceLine {
  label: string;
  /** "1,200 × $0.3 / 1,000,000 = $0.00036" */
  formula: string;
}

export interface Explanation {
  lines: ExplainedLine[];
  /** What the amount rests on, where the lines alone do not say. */
  notes: string[];
  /** Whether the formula still yields the stored cost, to the last digit. */
  agrees: boolean;
}

const labels: Record<Bucket | "request", string> = {
  freshInputTokens: "Fresh input tokens",
  cacheReadTokens: "Cache read tokens",
  cacheWrite5mTokens: "Cache write tokens (5 minutes)",
  cacheWrite1hTokens: "Cache write tokens (1 hour)",
  audioInputTokens: "Audio input tokens",
  visibleOutputTokens: "Output tokens",
  reasoningTokens: "Reasoning tokens",
  audioOutputTokens: "Audio output tokens",
  toolUnits: "Tool units",
  request: "Request fee",
};

/**
 * Rebuilds the formula of a stored call from the rates and the factor that it was stored with (null: it has none).
 * @param factor decimal string, "1" where no discount or markup applied
 */
export function explainCall(call: StoredCall, rates: Rates | null, factor = "1"): Explanation {
  const priced = priceCall(call, rates, factor);
  const lines = priced.lines.map((line) => ({
    ...line,
    label: labelOf(line.bucket),
    formula: formulaOf(line),
  }));
  const notes = [
    ...notesOnStatus(call),
    ...lines.filter(isEstimated).map((line) => noteOnEstimate(line, call)),
    ...priced.missing.map(
      (bucket) => `${labelOf(bucket)} have no rate in the price book and are not in the amount.`,
    ),
  ];
  return {
    lines,
    notes,
    agrees: isSameAmount(priced.costUsd, call.costUsd) && priced.status === call.priceStatus,
  };
}

/** Other units by their name: "web_searches" → "Web searches". */
function labelOf(bucket: string): string {
  if (Object.hasOwn(labels, bucket)) return labels[bucket as keyof typeof labels];
  const words = bucket.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function notesOnStatus(call: StoredCall): string[] {
  if (call.billed === "no") return ["The provider does not bill this attempt."];
  if (call.cache !== "none") return [`Answered from the ${call.cache} cache: the model was not called.`];
  if (call.priceStatus === "reported")
    return ["The price book has no price for this call: the sender's own amount."];
  if (call.priceStatus === "unpriced")
    return ["The price book has no price for this call: its cost is unknown, not zero."];
  return [];
}

function noteOnEstimate(line: ExplainedLine, { serviceTier }: StoredCall): string {
  const reasons: Record<Estimate, string> = {
    halved: "at half price, as batches usually are",
    "stand-in": `at the rate of ${line.unit}, for want of their own`,
    blend: "all at one rate, though the price book lists others for a part of them",
    service: `at the standard rate, for want of one for the tier ${serviceTier ?? ""}`,
  };
  const order = ["halved", "service", "stand-in", "blend"] as const;
  const found = order.filter((estimate) => line.estimates.includes(estimate));
  return `${line.label} are estimated: ${found.map((estimate) => reasons[estimate]).join("; ")}.`;
}

function formulaOf(line: PriceLine): string {
  const factor = line.factor === "1" ? "" : ` × ${line.factor}`;
  return `${grouped(line.units)} × $${line.usd} / ${grouped(line.per)}${factor} = $${line.costUsd}`;
}

function grouped(units: number): string {
  return units.toLocaleString("en-US", { maximumFractionDigits: 6 });
}

function isSameAmount(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one === other : new Usd(one).eq(other);
}
