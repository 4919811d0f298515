import { evaluateRequested, inngest } from "@/inngest/client";
import { cadences } from "@/server/alerts/schemas";
import { listAllTenants } from "@/server/rollups/list-tenants";

/**
 * Each hour, for every tenant: hours and days that have become final since, and what is looked at after each roll-up, for a
 * tenant without calls has none and its incidents end all the same.
 */
export const requestEvaluations = inngest.createFunction(
  { id: "request-evaluations", triggers: [{ cron: "2 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const tenantIds = await step.run("list-tenants", () => listAllTenants());
    if (tenantIds.length > 0) {
      await step.sendEvent(
        "request",
        tenantIds.map((tenantId) => evaluateRequested.create({ tenantId, cadences: [...cadences] })),
      );
    }
    return { tenants: tenantIds.length };
  },
);
