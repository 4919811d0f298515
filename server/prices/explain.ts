import type { Rates } from "./bucket-rates";
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

const labels: Record<PriceLine["bucket"], string> = {
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

/** Rebuilds the formula of a stored call from the price version that it was stored with (null: it has none). */
export function explainCall(call: StoredCall, rates: Rates | null): Explanation {
  const priced = priceCall(call, rates);
  const lines = priced.lines.map((line) => ({
    ...line,
    label: labels[line.bucket],
    formula: formulaOf(line),
  }));
  const notes = [
    ...notesOnStatus(call),
    ...lines.filter(isEstimated).map(noteOnEstimate),
    ...priced.missing.map(
      (bucket) => `${labels[bucket]} have no rate in the price book and are not in the amount.`,
    ),
  ];
  return {
    lines,
    notes,
    agrees: isSameAmount(priced.costUsd, call.costUsd) && priced.status === call.priceStatus,
  };
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

function noteOnEstimate(line: ExplainedLine): string {
  const reasons = [
    ...(line.factor === "1" ? [] : ["at half price, as batches usually are"]),
    ...(line.estimate === "stand-in" ? [`at the rate of ${line.unit}, for want of their own`] : []),
    ...(line.estimate === "blend"
      ? ["all at one rate, though the price book lists others for a part of them"]
      : []),
  ];
  return `${line.label} are estimated: ${reasons.join("; ")}.`;
}

function formulaOf(line: PriceLine): string {
  const factor = line.factor === "1" ? "" : ` × ${line.factor}`;
  return `${grouped(line.units)} × $${line.usd} / ${grouped(line.per)}${factor} = $${line.costUsd}`;
}

function grouped(units: number): string {
  return units.toLocaleString("en-US");
}

function isSameAmount(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one === other : new Usd(one).eq(other);
}
