import { billPullRequested, inngest } from "@/inngest/client";
import { listReadableBills } from "@/server/provider-bills/list-readable";

/** Each day, and again in the evening for what failed in the morning: one event a connection. */
export const pullBillsDaily = inngest.createFunction(
  { id: "pull-bills", triggers: [{ cron: "47 5,17 * * *" }], concurrency: 1 },
  async ({ step }) => {
    const connections = await step.run("list-connections", () => listReadableBills());
    if (connections.length > 0) {
      await step.sendEvent(
        "request",
        connections.map(({ tenantId, id }) => billPullRequested.create({ tenantId, connectionId: id })),
      );
    }
    return { connections: connections.length };
  },
);
