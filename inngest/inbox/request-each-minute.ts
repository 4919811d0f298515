import { inboxReceived, inngest } from "@/inngest/client";
import { listTenantsWithDeliveries } from "@/server/inbox/list-tenants";

/** Each minute: whose deliveries wait? What an announcement has missed, and what waited for the database. */
export const requestInboxes = inngest.createFunction(
  { id: "request-inboxes", triggers: [{ cron: "* * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const tenantIds = await step.run("list-tenants", () => listTenantsWithDeliveries());
    if (tenantIds.length > 0) {
      await step.sendEvent(
        "request",
        tenantIds.map((tenantId) => inboxReceived.create({ tenantId })),
      );
    }
    return { tenants: tenantIds.length };
  },
);
