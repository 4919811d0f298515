import { activityDirty, inngest } from "@/inngest/client";
import { refreshActivity } from "@/server/activity/refresh";
import { systemContext } from "@/server/system-context";

/** Steps of one run: what is left after years came in goes on in the next run, ten minutes later. */
const maxSteps = 50;

export const refreshTenantActivity = inngest.createFunction(
  {
    id: "refresh-activity",
    triggers: [activityDirty],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    let periods = 0;
    for (let part = 1; part <= maxSteps; part += 1) {
      const result = await step.run(`refresh-${String(part)}`, async () =>
        refreshActivity(await systemContext(event.data.tenantId, "refresh-activity")),
      );
      periods += result.periods;
      if (!result.more) break;
    }
    return { periods };
  },
);
