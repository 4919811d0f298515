import { spanOf } from "@/server/periods/closed-month";
import { Usd, usdText } from "@/server/prices/decimal";
import { type MatchedLine, matchBill } from "@/server/provider-bills/match";
import { BillMonthInput, type Cause, causes } from "@/server/provider-bills/schemas";
import { type Column, defineTable, number, text } from "./table";

const sumOf = (line: MatchedLine, cause: Cause) =>
  usdText(
    line.causes.filter((one) => one.cause === cause).reduce((sum, { usd }) => sum.plus(usd), new Usd(0)),
  );
const tokensOf = ({ quantities }: MatchedLine, side: "billed" | "ledger") =>
  quantities && usdText(quantities.reduce((sum, quantity) => sum.plus(quantity[side]), new Usd(0)));

/** bills.match: a month of a provider's bill beside the ledger by UTC day, model and class of token; the causes add up to the gap. */
export const billMatchTable = defineTable({
  right: "reports:read",
  input: BillMonthInput,
  columns: ({ provider }): Column<MatchedLine>[] => [
    text("day", ({ day }) => day),
    text("provider", () => provider),
    text("model", ({ model }) => model || null),
    text("tokenClass", ({ tokenClass }) => tokenClass),
    number("billUsd", ({ billUsd }) => billUsd),
    number("ledgerUsd", ({ ledgerUsd }) => ledgerUsd),
    number("gapUsd", ({ gapUsd }) => gapUsd),
    number("billedTokens", (line) => tokensOf(line, "billed")),
    number("ledgerTokens", (line) => tokensOf(line, "ledger")),
    ...causes.map((cause): Column<MatchedLine> => number(cause, (line) => sumOf(line, cause))),
    text("subjects", ({ causes: its }) => [...new Set(its.map(({ subject }) => subject))].filter(Boolean).join("; ") || null), // prettier-ignore
  ],
  async *pages(ctx, input) {
    const { lines } = await matchBill(ctx, input);
    const { from, to } = spanOf(input.month, "UTC");
    // Compared from the calls themselves, which no roll-up stands before.
    yield { rows: lines, from: from.toISOString(), to: to.toISOString(), watermark: null };
  },
});
