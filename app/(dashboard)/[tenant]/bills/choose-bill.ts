import type { Outputs } from "@/app/_trpc/client";

type Billed = Outputs["bills"]["providers"]["providers"];

export interface ChosenBill {
  provider: string;
  month: string;
}

/**
 * The bill that the address names, else the nearest one there is: the newest month that is over, or the newest.
 * @param thisMonth the month of UTC that runs
 */
export function chooseBill(
  billed: Billed,
  asked: { provider: string | null; month: string | null },
  thisMonth: string,
): ChosenBill | null {
  const of = billed.find(({ provider }) => provider === asked.provider) ?? billed[0];
  if (!of) return null;
  const { provider, months } = of;
  const month =
    months.find((one) => one === asked.month) ?? months.find((one) => one < thisMonth) ?? months[0];
  return month === undefined ? null : { provider, month };
}

/** The months whose trend is shown: the six up to the newest one, the oldest first. */
export const trendMonths = (months: readonly string[]) => [...months].sort().slice(-6);
