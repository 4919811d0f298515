import { inngest } from "@/inngest/client";
import { listAllTenants } from "@/server/rollups/list-tenants";
import { verifyRollUps } from "@/server/rollups/verify";
import { systemContext } from "@/server/system-context";

/** Each hour: do the roll-ups of the last two days still equal the ledger? What does not is rolled up again. */
export const verifyRollUpsHourly = inngest.createFunction(
  { id: "verify-roll-ups", triggers: [{ cron: "7 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const tenantIds = await step.run("list-tenants", () => listAllTenants());
    return step.run("verify", async () => {
      let drifted = 0;
      for (const tenantId of tenantIds) {
        const result = await verifyRollUps(await systemContext(tenantId, "verify-roll-ups"));
        drifted += result.drifted;
      }
      return { tenants: tenantIds.length, drifted };
    });
  },
);
