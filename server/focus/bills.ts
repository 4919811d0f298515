import type { Ctx } from "@/server/context";
import { bookProvider } from "@/server/prices/match-model";
import { billMonth } from "@/server/provider-bills/month";
import { BillMonthInput } from "@/server/provider-bills/schemas";

/** A provider's bill of a month, as far as it can stand for what the provider charged. */
export interface BilledProvider {
  /** As the price book names it. */
  provider: string;
  /** The number of the provider's own invoice, where the sign-off notes it; else one of ours, for reports tell none. */
  invoiceId: string;
  billUsd: string;
  isFinal: boolean;
  isSignedOff: boolean;
}

export interface UnbilledProvider {
  provider: string;
  /** Why what the ledger says stands for it. */
  why: string;
}

export interface BillsOfMonth {
  billed: BilledProvider[];
  unbilled: UnbilledProvider[];
}

/**
 * Whose bills of the month were read whole. Bills are of months of UTC.
 * @param providers as calls name them
 */
export async function billsOf(
  ctx: Ctx,
  month: string,
  providers: readonly string[],
  counts: (bill: BilledProvider) => boolean,
): Promise<BillsOfMonth> {
  const answer: BillsOfMonth = { billed: [], unbilled: [] };
  for (const provider of new Set(providers.map((sent) => bookProvider(sent) || "unknown"))) {
    const input = BillMonthInput.safeParse({ provider, month });
    if (!input.success) {
      answer.unbilled.push({ provider, why: "no bill can be read of it" });
      continue;
    }
    const { billUsd, days, unreadDays, isFinal, signOff } = await billMonth(ctx, input.data);
    if (unreadDays.length === 0 && days.length > 0) {
      const bill = {
        provider,
        invoiceId: signOff?.invoiceNo ?? `${provider} ${month}`,
        billUsd,
        isFinal,
        isSignedOff: signOff !== null,
      };
      if (counts(bill)) answer.billed.push(bill);
      else answer.unbilled.push({ provider, why: "its bill is not signed off" });
    } else if (unreadDays.length === days.length)
      answer.unbilled.push({ provider, why: "no bill of this month was read" });
    else
      answer.unbilled.push({
        provider,
        why: `${String(unreadDays.length)} days of its bill were never read: ${unreadDays.slice(0, 5).join(", ")}${unreadDays.length > 5 ? " …" : ""}`,
      });
  }
  return answer;
}
