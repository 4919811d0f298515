import { evaluateRequested, incidentChanged, inngest } from "@/inngest/client";
import { evaluate } from "@/server/alerts/evaluate";
import { isTold } from "@/server/incidents/schemas";
import { systemContext } from "@/server/system-context";

/** Looks at what is due for one tenant, and says which incidents the world should hear of. */
export const evaluateTenant = inngest.createFunction(
  {
    id: "evaluate-alerts",
    triggers: [evaluateRequested],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const { tenantId, cadences } = event.data;
    const { instants, findings, happened } = await step.run("evaluate", async () =>
      evaluate(await systemContext(tenantId, "evaluate-alerts"), ...cadences),
    );
    const told = happened.filter(({ kind }) => isTold(kind));
    if (told.length > 0) {
      await step.sendEvent(
        "tell",
        told.map(({ incidentId, n }) =>
          incidentChanged.create({ tenantId, incidentId, n }, { id: `incident:${incidentId}:${String(n)}` }),
        ),
      );
    }
    return { instants, findings, told: told.length };
  },
);
