import { inngest, rollupRequested } from "@/inngest/client";
import { listTenantsWithWork } from "@/server/rollups/list-tenants";

/** Each minute: whose ledger is ahead of its roll-ups? One event a tenant, so that a large one holds no one up. */
export const requestRollUps = inngest.createFunction(
  { id: "request-roll-ups", triggers: [{ cron: "* * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const tenantIds = await step.run("list-tenants", () => listTenantsWithWork());
    if (tenantIds.length > 0) {
      await step.sendEvent(
        "request",
        tenantIds.map((tenantId) => rollupRequested.create({ tenantId })),
      );
    }
    return { tenants: tenantIds.length };
  },
);
