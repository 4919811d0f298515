import { Decimal } from "decimal.js";
import type { Finding } from "./classify";
import type { ProviderInvoiceLine } from "./port";

const Exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_UP });

/**
 * Invoice lines against what was counted and what was agreed.
 * @param unitAmount agreed, in the smallest unit of the currency; null: only whether the line agrees with itself is told
 * @param countedIn what the provider accepted of the customer in [from, to)
 */
export function checkLines(
  lines: readonly ProviderInvoiceLine[],
  unitAmount: string | null,
  countedIn: (line: ProviderInvoiceLine) => bigint,
): Finding[] {
  return lines.flatMap((line) => {
    const counted = countedIn(line);
    const findings: Finding[] = [];
    const base = { customerId: line.customerId, day: line.from.toISOString().slice(0, 10), ledger: null };
    const quantity = new Exact(line.quantity);
    // A period that sums to less than nothing is billed as nothing.
    const expected = counted < 0n ? 0n : counted;
    if (line.isFinal && !quantity.equals(expected.toString()))
      findings.push({
        ...base,
        class: quantity.lessThan(expected.toString()) ? "late" : "amount",
        exported: counted,
        billed: BigInt(quantity.toFixed(0)),
        reason: `Invoice ${line.invoiceId} bills ${line.quantity}, and ${counted} were accepted for its period.`,
      });
    const agreed = unitAmount ?? line.unitAmount;
    if (line.unitAmount !== null && agreed !== null) {
      const due = quantity.times(agreed).toDecimalPlaces(0);
      if (!new Exact(line.unitAmount).equals(agreed) || !due.equals(line.amount))
        findings.push({
          ...base,
          class: "price_mismatch",
          exported: BigInt(due.toFixed(0)),
          billed: BigInt(line.amount),
          reason: `Invoice ${line.invoiceId} bills ${line.quantity} at ${line.unitAmount} each, ${line.amount} in all; agreed were ${agreed} each, ${due.toFixed(0)} in all.`,
        });
    }
    return findings;
  });
}
