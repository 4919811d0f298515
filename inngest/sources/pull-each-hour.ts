import { inngest, pullRequested } from "@/inngest/client";
import { listPullable } from "@/server/sources/list-pullable";

/** Each hour: one event a connection, so that a slow source holds no one up. */
export const pullSourcesHourly = inngest.createFunction(
  { id: "pull-sources", triggers: [{ cron: "13 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const connections = await step.run("list-connections", () => listPullable());
    if (connections.length > 0) {
      await step.sendEvent(
        "request",
        connections.map(({ tenantId, id }) => pullRequested.create({ tenantId, connectionId: id })),
      );
    }
    return { connections: connections.length };
  },
);
