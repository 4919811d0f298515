import { applyQuotas } from "@/server/retention/apply-quotas";
import { ApplyQuotasInput, RetentionSettings, TakeBackQuotasInput } from "@/server/retention/schemas";
import { setRetentionSettings, showRetentionSettings } from "@/server/retention/settings";
import { takeBackQuotas } from "@/server/retention/take-back-quotas";
import { allowed, router } from "../trpc";

export const retentionRouter = router({
  settings: allowed("reports:read").query(({ ctx }) => showRetentionSettings(ctx)),
  setSettings: allowed("tenant:write")
    .input(RetentionSettings)
    .mutation(({ ctx, input }) => setRetentionSettings(ctx, input)),
  applyQuotas: allowed("budgets:write")
    .input(ApplyQuotasInput)
    .mutation(({ ctx, input }) => applyQuotas(ctx, input)),
  takeBackQuotas: allowed("budgets:write")
    .input(TakeBackQuotasInput)
    .mutation(({ ctx, input }) => takeBackQuotas(ctx, input)),
});
