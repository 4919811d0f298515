import { attributionRequested, inngest } from "@/inngest/client";
import { listSilentRuns } from "@/server/attribution/list-silent";
import { currentTime } from "@/server/clock";

/** Every few minutes: runs whose event was lost, or whose job gave up while the database was away, are taken up again. */
export const takeUpSilentAttribution = inngest.createFunction(
  { id: "take-up-silent-attribution", triggers: [{ cron: "2-59/5 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const tenantIds = await step.run("list-runs", () => listSilentRuns(currentTime()));
    if (tenantIds.length > 0) {
      await step.sendEvent(
        "take-up",
        tenantIds.map((tenantId) => attributionRequested.create({ tenantId })),
      );
    }
    return { tenants: tenantIds.length };
  },
);
