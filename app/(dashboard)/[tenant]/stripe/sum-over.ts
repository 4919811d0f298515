import type { Outputs } from "@/app/_trpc/client";
import type { ExportState } from "@/server/billing/schemas";

export type Sums = NonNullable<Outputs["billing"]["sums"]>;

/** What a meter has in some states, together: whole numbers, to the last digit. */
export function sumOver({ states: found }: Pick<Sums["meters"][number], "states">, states: readonly ExportState[]) {
  const mine = found.filter(({ state }) => states.includes(state));
  return {
    value: mine.reduce((sum, { value }) => sum + BigInt(value), 0n).toString(),
    rows: mine.reduce((count, { rows }) => count + rows, 0),
  };
} // prettier-ignore
