import { inboxReceived, inngest, rollupRequested } from "@/inngest/client";
import { processInbox } from "@/server/inbox/process";
import { systemContext } from "@/server/system-context";

/** Steps of one run: what is left goes on in the next minute's. */
const maxSteps = 50;

export const processTenantInbox = inngest.createFunction(
  {
    id: "process-inbox",
    triggers: [inboxReceived],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const { tenantId } = event.data;
    let deliveries = 0;
    for (let part = 1; part <= maxSteps; part += 1) {
      const result = await step.run(`process-${String(part)}`, async () =>
        processInbox(await systemContext(tenantId, "process-inbox")),
      );
      deliveries += result.deliveries;
      if (!result.more) break;
    }
    // Not through the job's context: a step that is run again must not depend on what it told others.
    if (deliveries > 0) await step.sendEvent("roll-up", [rollupRequested.create({ tenantId })]);
    return { deliveries };
  },
);
