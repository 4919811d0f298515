import { closingWaits, inngest } from "@/inngest/client";
import { listWaitingTenants } from "@/server/periods/list-waiting";

/** Each quarter hour: whose months wait to be closed? */
export const requestClosings = inngest.createFunction(
  { id: "request-closings", triggers: [{ cron: "*/15 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const tenantIds = await step.run("list-waiting", () => listWaitingTenants());
    if (tenantIds.length > 0) {
      await step.sendEvent(
        "request",
        tenantIds.map((tenantId) => closingWaits.create({ tenantId })),
      );
    }
    return { tenants: tenantIds.length };
  },
);
