import { allowed, router } from "@/server/api/trpc";
import { listFeatureSettings } from "@/server/features/list";
import { listFeatureEvents } from "@/server/features/list-events";
import { FeatureInput, SetFeatureInput } from "@/server/features/schemas";
import { setFeature } from "@/server/features/set";

export const featuresRouter = router({
  list: allowed("reports:read").query(({ ctx }) => listFeatureSettings(ctx)),
  events: allowed("reports:read")
    .input(FeatureInput)
    .query(({ ctx, input }) => listFeatureEvents(ctx, input)),
  set: allowed("features:write")
    .input(SetFeatureInput)
    .mutation(({ ctx, input }) => setFeature(ctx, input)),
});
