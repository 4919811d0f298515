import { Usd } from "@/server/prices/decimal";
import { roundToCents } from "@/server/statements/allocate";
import type { InvoiceLine } from "./documents";
import type { LineUnit } from "./schemas";

export type LineDraft = Omit<InvoiceLine, "n">;

interface Parts extends Pick<LineDraft, "kind" | "component" | "ofMonth" | "description"> {
  exact: Usd;
  quantity?: Usd | null;
  unit?: LineUnit;
  unitUsd?: Usd | null;
  per?: number | null;
  manualId?: string;
}

/** A line with its amount rounded to cents: the one place where that is done. */
export function lineOf({ exact, quantity, unit, unitUsd, per, manualId, ...said }: Parts): LineDraft {
  const exactUsd = exact.plus(0).toFixed();
  return {
    ...said,
    quantity: quantity?.toFixed() ?? null,
    unit: quantity ? (unit ?? null) : null,
    unitUsd: unitUsd?.toFixed() ?? null,
    per: unitUsd ? (per ?? 1) : null,
    exactUsd,
    amountUsd: roundToCents(exactUsd),
    manualId: manualId ?? null,
  };
}

/** Of amounts as they are shown, in cents. */
export const sumOf = (lines: readonly Pick<LineDraft, "amountUsd">[]): Usd =>
  lines.reduce((sum, { amountUsd }) => sum.plus(amountUsd), new Usd(0));
