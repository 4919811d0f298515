import { buckets } from "@/server/prices/buckets";
import type { StatementLine } from "@/server/statements/canonical";
import { statementLines } from "@/server/statements/lines";
import { StatementInput } from "@/server/statements/schemas";
import { type Column, defineTable, number, text } from "./table";

/** statements.read: every line of a closed month's statement, with exact amounts, in the order in which they are hashed. */
export const statementTable = defineTable({
  right: "reports:read",
  input: StatementInput,
  columns: ({ month }): Column<StatementLine>[] => [
    text("month", () => month),
    number("n", ({ n }) => n),
    text("kind", ({ kind }) => kind),
    text("ofMonth", ({ ofMonth }) => ofMonth),
    text("accountId", ({ accountId }) => accountId || null),
    text("team", ({ team }) => team || null),
    text("feature", ({ feature }) => feature || null),
    text("provider", ({ provider }) => provider || null),
    text("model", ({ model }) => model || null),
    number("calls", ({ calls }) => calls),
    ...buckets.map((bucket): Column<StatementLine> => number(bucket, (line) => line[bucket])),
    number("costUsd", ({ costUsd }) => costUsd),
    number("unpricedCalls", ({ unpricedCalls }) => unpricedCalls),
  ],
  async *pages(ctx, input) {
    for await (const { head, lines } of statementLines(ctx, input)) {
      // Frozen: no roll-up changes it any more.
      yield { rows: lines, from: head.from, to: head.to, watermark: null };
    }
  },
});
