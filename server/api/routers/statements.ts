import { listStatementMonths } from "@/server/statements/list-months";
import { readStatement, readStatementView } from "@/server/statements/read";
import { MonthInput, StatementInput, StatementViewInput } from "@/server/statements/schemas";
import { sinceClosed } from "@/server/statements/since-closed";
import { verifyStatement } from "@/server/statements/verify";
import { allowed, router } from "../trpc";

export const statementsRouter = router({
  months: allowed("reports:read").query(({ ctx }) => listStatementMonths(ctx)),
  read: allowed("reports:read")
    .input(StatementInput)
    .query(({ ctx, input }) => readStatement(ctx, input)),
  view: allowed("reports:read")
    .input(StatementViewInput)
    .query(({ ctx, input }) => readStatementView(ctx, input)),
  sinceClosed: allowed("reports:read")
    .input(MonthInput)
    .query(({ ctx, input }) => sinceClosed(ctx, input)),
  verify: allowed("reports:read")
    .input(StatementInput)
    .query(({ ctx, input }) => verifyStatement(ctx, input)),
});
