import { deliveryRequested, inngest } from "@/inngest/client";
import { deliverReady } from "@/server/delivery/deliver-ready";
import { enqueueMissed } from "@/server/delivery/enqueue-missed";
import { systemContext } from "@/server/system-context";

/** Steps of one run: what is left goes on in the next minute's. */
const maxSteps = 60;
/** Longer waits are left to the next minute's look. */
const longestWaitMs = 30_000;

export const deliverMessages = inngest.createFunction(
  {
    id: "deliver-messages",
    triggers: [deliveryRequested],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const { tenantId } = event.data;
    await step.run("enqueue-missed", async () => enqueueMissed(await systemContext(tenantId, "deliver")));
    let messages = 0;
    for (let part = 1; part <= maxSteps; part += 1) {
      const { tried, waitMs } = await step.run(`deliver-${String(part)}`, async () =>
        deliverReady(await systemContext(tenantId, "deliver")),
      );
      messages += tried;
      if (waitMs === null || waitMs > longestWaitMs) break;
      if (waitMs > 0) await step.sleep(`wait-${String(part)}`, waitMs);
    }
    return { messages };
  },
);
