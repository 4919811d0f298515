import { billingRequested, inngest } from "@/inngest/client";
import { listBillingTenants } from "@/server/billing/list-tenants";

/** Every ten minutes: hours become final, rows wait for another try, and Stripe may have spoken to nobody. */
export const requestExports = inngest.createFunction(
  { id: "request-exports", triggers: [{ cron: "*/10 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const tenantIds = await step.run("list-tenants", () => listBillingTenants());
    if (tenantIds.length > 0) {
      await step.sendEvent(
        "request",
        tenantIds.map((tenantId) => billingRequested.create({ tenantId })),
      );
    }
    return { tenants: tenantIds.length };
  },
);
