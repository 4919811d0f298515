import { closingWaits, deliveryRequested, inngest } from "@/inngest/client";
import { closeWaiting } from "@/server/periods/close-waiting";
import { tellClosed } from "@/server/statements/tell-closed";
import { systemContext } from "@/server/system-context";

/** Closes what waits to be closed and can be by now, for one tenant, and has it told. */
export const closeMonths = inngest.createFunction(
  {
    id: "close-months",
    triggers: [closingWaits],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const { tenantId } = event.data;
    const { closed } = await step.run("close", async () =>
      closeWaiting(await systemContext(tenantId, "close-months")),
    );
    const { messages } = await step.run("tell", async () =>
      tellClosed(await systemContext(tenantId, "close-months")),
    );
    if (messages > 0) await step.sendEvent("deliver", [deliveryRequested.create({ tenantId })]);
    return { closed, messages };
  },
);
