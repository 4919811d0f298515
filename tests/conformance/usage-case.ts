import type { Bucket } from "@/server/prices/buckets";
import type { CallToPrice, PriceStatus } from "@/server/prices/price-call";
import type { card } from "./rates";

/** A provider's usage object as it came, and what it costs. */
export interface UsageCase {
  /**
   * With the number of the report where somebody paid for it: LL = BerriAI/litellm, LF = langfuse/langfuse. Figures that the
   * report tells are kept; where it tells none, they are ours.
   */
  name: string;
  raw: unknown;
  rates: keyof typeof card;
  call?: Partial<Pick<CallToPrice, "batch" | "serviceTier" | "billed" | "cache">>;
  /** Buckets that are used, and no others. */
  buckets: Partial<Record<Bucket, number>>;
  units?: Record<string, string>;
  /** The cost worked out by hand: tokens × USD per million, sum by sum. Empty where nothing is known or charged. */
  sum: string;
  /** What that comes to, in USD; null is unpriced. */
  cost: string | null;
  status: PriceStatus;
}
