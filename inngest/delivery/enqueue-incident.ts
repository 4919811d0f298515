import { deliveryRequested, incidentChanged, inngest } from "@/inngest/client";
import { enqueueIncident } from "@/server/delivery/enqueue";
import { systemContext } from "@/server/system-context";

/** Something happened to an incident: whom to tell is written down, and then somebody is asked to tell them. */
export const enqueueIncidentMessages = inngest.createFunction(
  {
    id: "enqueue-incident",
    triggers: [incidentChanged],
    concurrency: { limit: 2, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const { tenantId, incidentId, n } = event.data;
    const { destinations, ask } = await step.run("enqueue", async () =>
      enqueueIncident(await systemContext(tenantId, "enqueue-incident"), { incidentId, n }),
    );
    if (ask) await step.sendEvent("deliver", [deliveryRequested.create({ tenantId })]);
    return { destinations };
  },
);
