import { Usd, usdText } from "@/server/prices/decimal";
import type { Cause } from "@/server/provider-bills/schemas";
import { dollars, type Finding, percent, statistic } from "../finding";
import type { Params } from "../schemas";

/** A provider's bill of final days beside the ledger. USD, decimal strings; days are UTC's. */
export interface GapMonth {
  firstDay: string;
  lastDay: string;
  billUsd: string;
  ledgerUsd: string;
  byCause: Record<Cause, string>;
}

export interface GapFacts {
  provider: string;
  /** The newest first. */
  months: readonly GapMonth[];
}

const causeWords: Record<Cause, string> = {
  tax_or_credit: "taxes and credits",
  late_correction: "the provider's own corrections",
  unknown_model: "models without a price",
  coverage: "calls that the ledger lacks",
  tier_or_discount: "another tier or a discount",
  time_zone: "days that are cut elsewhere",
  category: "tokens counted as another kind",
  price: "other prices",
  unexplained: "what nothing explains",
};

const dayMs = 86_400_000;
const days = (first: string, last: string) => (first === last ? `of ${first}` : `of ${first} to ${last}`);

/**
 * The newest month whose bill is too far from the ledger. Taxes and credits are no gap: nobody can record them as calls.
 * @param at the end of the local day that is judged
 */
export function reconciliationGap(
  { provider, months }: GapFacts,
  params: Params<"reconciliation-gap">,
  at: Date,
): Finding | null {
  for (const { firstDay, lastDay, billUsd, ledgerUsd, byCause } of months) {
    const bill = new Usd(billUsd).minus(byCause.tax_or_credit);
    const gap = bill.minus(ledgerUsd);
    const share = bill.isZero() ? 1 : gap.div(bill).abs().toNumber();
    if (gap.abs().lt(params.minUsd) || !(share > params.tolerance / 100)) continue;
    const named = (Object.entries(byCause) as [Cause, string][])
      .filter(([cause, usd]) => cause !== "tax_or_credit" && !new Usd(usd).isZero())
      .sort(([, one], [, other]) => new Usd(other).abs().cmp(new Usd(one).abs()));
    const [first] = named;
    const most = first ? ` Most of it: ${causeWords[first[0]]} (${dollars(first[1])}).` : "";
    const direction = gap.isNegative() ? "less" : "more";
    return {
      rule: "reconciliation-gap",
      subject: { kind: "source", key: provider },
      severity: "warning",
      window: { from: new Date(`${firstDay}T00:00:00Z`), to: at },
      compare: null,
      unit: "usd",
      expected: usdText(new Usd(ledgerUsd)),
      actual: usdText(bill),
      impactUsd: usdText(gap.abs()),
      monthEndUsd: monthEndOf(gap, firstDay, lastDay),
      level: null,
      basis: "final",
      sentence: `${provider} bills ${dollars(bill)} for the days ${days(firstDay, lastDay)}, ${dollars(gap.abs())} (${percent(share)}) ${direction} than the ledger holds.${most}`,
      params: { ...params },
      callIds: [],
      contributors: named.slice(0, 3).map(([cause, usd]) => ({ label: causeWords[cause], deltaUsd: usd })),
    };
  }
  return null;
}

/** The gap at the end of its UTC month if it goes on as on these days; null once the month is over. */
function monthEndOf(gap: Usd, firstDay: string, lastDay: string): string | null {
  const [year = 0, month = 1] = firstDay.split("-").map(Number);
  const left = (Date.UTC(year, month, 1) - Date.parse(lastDay)) / dayMs - 1;
  const known = (Date.parse(lastDay) - Date.parse(firstDay)) / dayMs + 1;
  return left <= 0 ? null : statistic(gap.abs().times(left).div(known).toNumber());
}
