import { deliveryRequested, inngest, killReviewDue } from "@/inngest/client";
import { refreshActivity } from "@/server/activity/refresh";
import { makeDueKillReview } from "@/server/kill-review/make-due";
import { remindOfDecisions } from "@/server/kill-review/remind";
import { systemContext } from "@/server/system-context";

const job = "run-kill-review";
/** What is left to count after years came in is left to the job of activity. */
const maxCounts = 10;

/** Freezes last month's review of features for one tenant, once, and says which decisions come due. */
export const runKillReview = inngest.createFunction(
  {
    id: "run-kill-review",
    triggers: [killReviewDue],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const { tenantId } = event.data;
    // A month is reviewed once all of it is counted: where late calls never cease, there may be no quarter hour without work.
    for (let part = 1; part <= maxCounts; part += 1) {
      const { more } = await step.run(`count-${String(part)}`, async () =>
        refreshActivity(await systemContext(tenantId, job)),
      );
      if (!more) break;
    }
    const review = await step.run("make", async () => makeDueKillReview(await systemContext(tenantId, job)));
    const told = await step.run("remind", async () => remindOfDecisions(await systemContext(tenantId, job)));
    if ((review?.destinations ?? 0) + told.destinations > 0)
      await step.sendEvent("deliver", [deliveryRequested.create({ tenantId })]);
    return { month: review?.month ?? null, made: review?.made ?? false, reminders: told.reminders };
  },
);
