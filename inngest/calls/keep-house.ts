import { inngest } from "@/inngest/client";
import { makeMonthsAhead } from "@/server/calls/make-months-ahead";
import { pruneSeen } from "@/server/calls/prune-seen";
import { currentTime } from "@/server/clock";
import { tidyGate } from "@/server/gate/tidy";
import { pruneMessages } from "@/server/delivery/prune";
import { pruneInbox } from "@/server/inbox/prune";
import { listAllTenants } from "@/server/rollups/list-tenants";
import { systemContext } from "@/server/system-context";

/** Each day: partitions for the months ahead, and ids that can no longer come again and old deliveries are forgotten. */
export const keepHouse = inngest.createFunction(
  { id: "keep-house", triggers: [{ cron: "20 3 * * *" }], concurrency: 1 },
  async ({ step }) => {
    await step.run("make-months-ahead", async () => makeMonthsAhead(currentTime()));
    const tenantIds = await step.run("list-tenants", () => listAllTenants());
    await step.run("prune-inbox", async () => {
      for (const tenantId of tenantIds) await pruneInbox(await systemContext(tenantId, "keep-house"));
    });
    await step.run("tidy-gate", async () => {
      for (const tenantId of tenantIds) await tidyGate(await systemContext(tenantId, "keep-house"));
    });
    await step.run("prune-messages", async () => {
      for (const tenantId of tenantIds) await pruneMessages(await systemContext(tenantId, "keep-house"));
    });
    return step.run("prune-seen", async () => {
      let forgotten = 0;
      for (const tenantId of tenantIds)
        forgotten += await pruneSeen(await systemContext(tenantId, "keep-house"));
      return { forgotten };
    });
  },
);
