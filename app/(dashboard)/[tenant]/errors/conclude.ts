import { shareOf, toGeometry } from "@/app/_format/money";
import type { FailureFigures } from "@/server/analytics/errors/errors-schemas";
import { failedCalls, failureCost } from "./failure-figures";

/** Less of what it is a part of than this is not worth a sentence. */
const worthSaying = 0.2;

interface Cell {
  errorClass: string | null;
  feature: string | null;
  failures: FailureFigures;
}

export interface WorstCell {
  errorClass: string;
  feature: string | null;
  calls: number;
  costUsd: string;
  /** Of what all failures cost; where none costs anything, of their number. A fraction of 1. */
  share: number;
  isByCost: boolean;
}

/** The class of which feature most of it is: of the money in failed calls, or of their number where they cost nothing. */
export function worstCell(cells: readonly Cell[], all: FailureFigures): WorstCell | null {
  const totalUsd = failureCost(all).costUsd;
  const isByCost = toGeometry(totalUsd) > 0;
  const total = failedCalls(all);
  const found = cells
    .flatMap(({ errorClass, feature, failures }) => {
      if (errorClass === null || total === 0) return [];
      const { costUsd } = failureCost(failures);
      const calls = failedCalls(failures);
      const share = isByCost ? (shareOf(costUsd, totalUsd) ?? 0) : calls / total;
      return [{ errorClass, feature, calls, costUsd, share, isByCost }];
    })
    .reduce<WorstCell | null>((worst, one) => (worst && worst.share >= one.share ? worst : one), null);
  return found && found.share >= worthSaying ? found : null;
}
