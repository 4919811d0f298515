import { inngest, recommendationsDue } from "@/inngest/client";
import { refreshRecommendations } from "@/server/recommendations/refresh";
import { systemContext } from "@/server/system-context";

/** Finds what one tenant could have for less, and measures what it has taken up. */
export const lookForSavings = inngest.createFunction(
  {
    id: "look-for-savings",
    triggers: [recommendationsDue],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  ({ event, step }) =>
    step.run("look", async () =>
      refreshRecommendations(await systemContext(event.data.tenantId, "look-for-savings")),
    ),
);
