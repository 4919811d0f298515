import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { usdText } from "@/server/prices/decimal";
import type { CauseSum } from "./figures";
import { loadMatch } from "./load-match";
import { BillMonthInput, type TokenClass } from "./schemas";

export interface MatchedLine {
  day: string;
  /** '' for what names no model: tools, taxes, credits. */
  model: string;
  tokenClass: TokenClass;
  billUsd: string;
  ledgerUsd: string;
  /** Bill − ledger; the causes add up to it. */
  gapUsd: string;
  /** Whole tokens by service, where the bill tells tokens; null where it tells amounts alone. */
  quantities: { service: string; billed: string; ledger: string }[] | null;
  causes: CauseSum[];
}

/** The month line by line: day × model × class, with the tokens of each service. Taxes and credits are lines of their own. */
export async function matchBill(ctx: Ctx, input: BillMonthInput): Promise<{ lines: MatchedLine[] }> {
  requireRight(ctx.actor, "reports:read");
  const { provider, month } = BillMonthInput.parse(input);
  const { accounts, extras } = await loadMatch(ctx, provider, month);
  const lines = accounts.map(
    ({ day, model, tokenClass, billUsd, ledgerUsd, byTokens, quantities, parts }) => ({
      day,
      model,
      tokenClass,
      billUsd: usdText(billUsd),
      ledgerUsd: usdText(ledgerUsd),
      gapUsd: usdText(billUsd.minus(ledgerUsd)),
      quantities: byTokens
        ? [...quantities].map(([service, { billed, ledger }]) => ({
            service,
            billed: billed.toFixed(),
            ledger: ledger.toFixed(),
          }))
        : null,
      causes: parts.map(({ cause, subject, usd }) => ({ cause, subject, usd: usdText(usd) })),
    }),
  );
  const others = extras.map(({ day, description, usd }): MatchedLine => {
    const text = usdText(usd);
    const causes = [{ cause: "tax_or_credit" as const, subject: description, usd: text }];
    return {
      day,
      model: "",
      tokenClass: "other",
      billUsd: text,
      ledgerUsd: "0",
      gapUsd: text,
      quantities: null,
      causes,
    };
  });
  return {
    lines: [...lines, ...others].sort((one, other) =>
      one.day < other.day ? -1 : one.day > other.day ? 1 : 0,
    ),
  };
}
