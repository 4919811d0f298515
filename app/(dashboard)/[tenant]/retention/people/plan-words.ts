import { formatTotal, toGeometry } from "@/app/_format/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { PlanFacts } from "@/server/analytics/people/plans";

/** What a plan's price comes to against its users' cost, and what cannot be said. */
export function planSentence(facts: PlanFacts, of: "user" | "account", minUsers: number): string {
  const { above, priceUsd, callers, costUsd } = facts;
  const many = (count: number) => plural(count, of);
  if (callers < minUsers)
    return `Too few to say: ${formatCount(callers)} of ${many(minUsers)} whose cost is known.`;
  if (priceUsd === null) return "Nobody has told what it costs.";
  if (above === null) return "Too few to say.";
  if (toGeometry(priceUsd) === 0)
    return `It is free, and its ${many(callers)} cost ${formatTotal(costUsd)} a month.`;
  if (above.payers === 0) return "Nobody costs more than its price.";
  const share = above.share === null ? "" : ` (${formatShare(toGeometry(above.share))})`;
  return `${many(above.payers)}${share} ${above.payers === 1 ? "costs" : "cost"} more than the plan’s price: ${formatTotal(above.beyondUsd)} a month beyond it.`;
}
