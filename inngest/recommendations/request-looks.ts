import { inngest, recommendationsDue } from "@/inngest/client";
import { currentTime } from "@/server/clock";
import { listDueLooks } from "@/server/recommendations/list-due";

/** Each quarter hour, for then it is five in the morning somewhere: whose calls are to be looked at for savings today? */
export const requestLooks = inngest.createFunction(
  { id: "request-recommendations", triggers: [{ cron: "*/15 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const due = await step.run("list-due", () => listDueLooks(currentTime()));
    if (due.length > 0) {
      await step.sendEvent(
        "request",
        due.map(({ tenantId, id }) => recommendationsDue.create({ tenantId }, { id })),
      );
    }
    return { tenants: due.length };
  },
);
