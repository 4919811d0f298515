import { deliveryRequested, inngest } from "@/inngest/client";
import { currentTime } from "@/server/clock";
import { listTenantsWithMessages } from "@/server/delivery/list-tenants";

/** Each minute: whose messages wait, or hang? What an announcement has missed, and what was put off. */
export const requestDeliveries = inngest.createFunction(
  { id: "request-deliveries", triggers: [{ cron: "* * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const tenantIds = await step.run("list-tenants", () => listTenantsWithMessages(currentTime()));
    if (tenantIds.length > 0) {
      await step.sendEvent(
        "request",
        tenantIds.map((tenantId) => deliveryRequested.create({ tenantId })),
      );
    }
    return { tenants: tenantIds.length };
  },
);
