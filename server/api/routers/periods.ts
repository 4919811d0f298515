import { cancelClosing } from "@/server/periods/cancel-closing";
import { closePeriod } from "@/server/periods/close";
import { listPeriods } from "@/server/periods/list";
import { reopenPeriod } from "@/server/periods/reopen";
import { CancelClosingInput, ClosePeriodInput, ReopenPeriodInput } from "@/server/periods/schemas";
import { allowed, router } from "../trpc";

export const periodsRouter = router({
  list: allowed("reports:read").query(({ ctx }) => listPeriods(ctx)),
  close: allowed("periods:write")
    .input(ClosePeriodInput)
    .mutation(({ ctx, input }) => closePeriod(ctx, input)),
  cancel: allowed("periods:write")
    .input(CancelClosingInput)
    .mutation(({ ctx, input }) => cancelClosing(ctx, input)),
  reopen: allowed("periods:reopen")
    .input(ReopenPeriodInput)
    .mutation(({ ctx, input }) => reopenPeriod(ctx, input)),
});
