import { Usd, usdText } from "@/server/prices/decimal";
import type { PromptFigures } from "../prompt-schemas";
import { shareOf } from "../share-of";

/** Averages as decimal strings; null where there is nothing to divide by. */
export interface PerCall {
  /** USD, of the calls that have a price. */
  costPerCallUsd: string | null;
  inputTokensPerCall: string | null;
  outputTokensPerCall: string | null;
  /** Failed calls of all calls, "0" to "1". */
  errorRate: string | null;
}

export function perCall(figures: PromptFigures): PerCall {
  const { calls, unpricedCalls, costUsd } = figures;
  const priced = calls - unpricedCalls;
  return {
    costPerCallUsd: priced === 0 ? null : usdText(new Usd(costUsd).div(priced)),
    inputTokensPerCall: shareOf(figures.inputTokens, calls),
    outputTokensPerCall: shareOf(figures.outputTokens, calls),
    errorRate: shareOf(figures.errorCalls, calls),
  };
}
