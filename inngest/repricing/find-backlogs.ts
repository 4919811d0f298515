import { backlogFound, inngest } from "@/inngest/client";
import { hasUnpriced } from "@/server/repricing/has-unpriced";
import { listAllTenants } from "@/server/rollups/list-tenants";
import { systemContext } from "@/server/system-context";

/** Each day, after the price lists were read: whose calls wait for a price? */
export const findBacklogs = inngest.createFunction(
  { id: "find-price-backlogs", triggers: [{ cron: "40 3 * * *" }], concurrency: 1 },
  async ({ step }) => {
    const tenantIds = await step.run("list-tenants", () => listAllTenants());
    const waiting = await step.run("find", async () => {
      const found: string[] = [];
      for (const tenantId of tenantIds)
        if (await hasUnpriced(await systemContext(tenantId, "find-price-backlogs"))) found.push(tenantId);
      return found;
    });
    if (waiting.length > 0) {
      await step.sendEvent(
        "price",
        waiting.map((tenantId) => backlogFound.create({ tenantId })),
      );
    }
    return { tenants: waiting.length };
  },
);
