import { sumUsd } from "@/app/_format/money";
import type { FailureFigures } from "@/server/analytics/errors/errors-schemas";

/** What failed calls cost for sure and perhaps: who could not tell whether they are billed sent what they would cost. */
export function failureCost({ billed, unknown }: FailureFigures) {
  const calls = billed.calls + unknown.calls;
  const unpricedCalls = billed.unpricedCalls + unknown.unpricedCalls;
  return {
    calls,
    unpricedCalls,
    costUsd: sumUsd([billed.costUsd, unknown.costUsd]),
    /** Nobody knows what any of them cost. */
    isUnknown: calls > 0 && calls === unpricedCalls,
  };
}

export const failedCalls = ({ billed, unknown, notBilled }: FailureFigures) =>
  billed.calls + unknown.calls + notBilled.calls;
