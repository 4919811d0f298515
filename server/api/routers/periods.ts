import { closePeriod } from "@/server/periods/close";
import { listPeriods } from "@/server/periods/list";
import { ClosePeriodInput } from "@/server/periods/schemas";
import { allowed, router } from "../trpc";

export const periodsRouter = router({
  list: allowed("reports:read").query(({ ctx }) => listPeriods(ctx)),
  close: allowed("periods:write")
    .input(ClosePeriodInput)
    .mutation(({ ctx, input }) => closePeriod(ctx, input)),
});
