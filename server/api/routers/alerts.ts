import { backtest } from "@/server/alerts/backtest";
import { listRules } from "@/server/alerts/list-rules";
import { resetAlert } from "@/server/alerts/reset";
import { BacktestInput, ResetAlertInput, SetAlertInput } from "@/server/alerts/schemas";
import { setAlert } from "@/server/alerts/set";
import { allowed, router } from "@/server/api/trpc";

export const alertsRouter = router({
  rules: allowed("alerts:read").query(({ ctx }) => listRules(ctx)),
  backtest: allowed("alerts:read")
    .input(BacktestInput)
    .query(({ ctx, input }) => backtest(ctx, input)),
  set: allowed("alerts:write")
    .input(SetAlertInput)
    .mutation(({ ctx, input }) => setAlert(ctx, input)),
  reset: allowed("alerts:write")
    .input(ResetAlertInput)
    .mutation(({ ctx, input }) => resetAlert(ctx, input)),
});
