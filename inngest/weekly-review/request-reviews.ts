import { inngest, reviewDue } from "@/inngest/client";
import { currentTime } from "@/server/clock";
import { listDueReviews } from "@/server/weekly-review/list-due";

/** Each quarter hour, for then it is eight o'clock somewhere: for whom is a review of last week due? */
export const requestReviews = inngest.createFunction(
  { id: "request-weekly-reviews", triggers: [{ cron: "*/15 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const due = await step.run("list-due", () => listDueReviews(currentTime()));
    if (due.length > 0) {
      await step.sendEvent(
        "request",
        due.map(({ tenantId, id }) => reviewDue.create({ tenantId }, { id })),
      );
    }
    return { tenants: due.length };
  },
);
