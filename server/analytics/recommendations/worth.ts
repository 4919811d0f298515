import { Usd } from "@/server/prices/decimal";
import { type Finding, leastSavingUsd, mostOfKind } from "@/server/recommendations/schemas";

export const isWorthIt = (savingUsd: string | Usd): boolean => new Usd(savingUsd).gte(leastSavingUsd);

/** The largest first, and of many the largest alone. */
export const largest = (findings: readonly Finding[]): Finding[] =>
  findings
    .filter(({ savingUsd }) => isWorthIt(savingUsd))
    .toSorted((one, other) => new Usd(other.savingUsd).cmp(one.savingUsd))
    .slice(0, mostOfKind);
