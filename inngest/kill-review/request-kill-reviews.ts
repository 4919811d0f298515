import { inngest, killReviewDue } from "@/inngest/client";
import { currentTime } from "@/server/clock";
import { listDueTenants } from "@/server/kill-review/list-due";

/** Each quarter hour: whose month is over and not reviewed, and whose decisions may come due? */
export const requestKillReviews = inngest.createFunction(
  { id: "request-kill-reviews", triggers: [{ cron: "*/15 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const due = await step.run("list-due", () => listDueTenants(currentTime()));
    if (due.length > 0) {
      await step.sendEvent(
        "request",
        due.map(({ tenantId, id }) => killReviewDue.create({ tenantId }, { id })),
      );
    }
    return { tenants: due.length };
  },
);
