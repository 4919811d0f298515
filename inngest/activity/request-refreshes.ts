import { activityDirty, inngest } from "@/inngest/client";
import { listTenantsWithActivity } from "@/server/activity/list-tenants";

/** Every ten minutes: whose users did something that no week or month tells of yet? */
export const requestActivity = inngest.createFunction(
  { id: "request-activity", triggers: [{ cron: "*/10 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const tenantIds = await step.run("list-tenants", () => listTenantsWithActivity());
    if (tenantIds.length > 0) {
      await step.sendEvent(
        "request",
        tenantIds.map((tenantId) => activityDirty.create({ tenantId })),
      );
    }
    return { tenants: tenantIds.length };
  },
);
