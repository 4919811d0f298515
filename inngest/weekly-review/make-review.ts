import { deliveryRequested, inngest, reviewDue } from "@/inngest/client";
import { systemContext } from "@/server/system-context";
import { makeDueReview } from "@/server/weekly-review/make-due";

/** Freezes last week's figures for one tenant, once, and has them told. */
export const makeWeeklyReview = inngest.createFunction(
  {
    id: "make-weekly-review",
    triggers: [reviewDue],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const { tenantId } = event.data;
    const review = await step.run("make", async () =>
      makeDueReview(await systemContext(tenantId, "make-weekly-review")),
    );
    if (review && review.destinations > 0)
      await step.sendEvent("deliver", [deliveryRequested.create({ tenantId })]);
    return { week: review?.week ?? null, made: review?.made ?? false };
  },
);
