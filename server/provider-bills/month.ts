import { requireRight } from "@/server/auth/permissions";
import { addDays, localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { type ComparedMonth, figuresOf } from "./figures";
import { loadMatch } from "./load-match";
import { BillMonthInput } from "./schemas";
import { listSignOffs } from "./sign-off-queries";

export interface BillMonthAnswer extends ComparedMonth {
  provider: string;
  month: string;
  /** The month is over, every day was read, and no day is provisional. */
  isFinal: boolean;
  signOff: {
    signedBy: string;
    signedAt: string;
    note: string;
    billUsd: string;
    ledgerUsd: string;
    /** What provider and ledger say now beyond what was signed; "0" while nothing changed. */
    billChangedUsd: string;
    ledgerChangedUsd: string;
    /** What was signed is not what is there now: the month wants to be signed again. */
    isReopened: boolean;
    /** Of the provider's own invoice; null where nobody wrote it down. */
    invoiceNo: string | null;
  } | null;
}

/**
 * A month (of UTC, as providers bill) of the bill against the ledger: the gap of each day split into its causes, and whether
 * somebody has signed it off.
 */
export async function billMonth(ctx: Ctx, input: BillMonthInput): Promise<BillMonthAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { provider, month } = BillMonthInput.parse(input);
  const figures = figuresOf(await loadMatch(ctx, provider, month));
  const [signed] = await ctx.db.read((db) => listSignOffs(db, { tenantId: ctx.tenant.id, provider, month }));
  const billChangedUsd = changed(figures.billUsd, signed?.billUsd);
  const ledgerChangedUsd = changed(figures.ledgerUsd, signed?.ledgerUsd);
  return {
    provider,
    month,
    ...figures,
    isFinal: isOver(month, ctx.now) && figures.days.every(({ state }) => state === "final"),
    signOff: signed
      ? {
          signedBy: signed.signedBy,
          signedAt: signed.signedAt.toISOString(),
          note: signed.note,
          billUsd: signed.billUsd,
          ledgerUsd: signed.ledgerUsd,
          billChangedUsd,
          ledgerChangedUsd,
          isReopened: billChangedUsd !== "0" || ledgerChangedUsd !== "0",
          invoiceNo: signed.invoiceNo,
        }
      : null,
  };
}

const changed = (now: string, signed = "0") => usdText(new Usd(now).minus(signed));

function isOver(month: string, now: Date): boolean {
  return addDays(`${month}-01`, 31).slice(0, 7) <= localDay(now, "UTC").slice(0, 7);
}
