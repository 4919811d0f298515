import { RetentionSettings } from "@/server/retention/schemas";
import { setRetentionSettings, showRetentionSettings } from "@/server/retention/settings";
import { allowed, router } from "../trpc";

export const retentionRouter = router({
  settings: allowed("reports:read").query(({ ctx }) => showRetentionSettings(ctx)),
  setSettings: allowed("tenant:write")
    .input(RetentionSettings)
    .mutation(({ ctx, input }) => setRetentionSettings(ctx, input)),
});
