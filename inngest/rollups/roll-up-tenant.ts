import { inngest, rollupRequested, zoneChanged } from "@/inngest/client";
import { rollUp } from "@/server/rollups/roll-up";
import { systemContext } from "@/server/system-context";

/** Steps of one run: what is left after an import of years goes on in the next minute's run. */
const maxSteps = 50;

export const rollUpTenant = inngest.createFunction(
  {
    id: "roll-up-tenant",
    triggers: [rollupRequested, zoneChanged],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    let hours = 0;
    for (let part = 1; part <= maxSteps; part += 1) {
      const result = await step.run(`roll-up-${String(part)}`, async () =>
        rollUp(await systemContext(event.data.tenantId, "roll-up-tenant")),
      );
      hours += result.hours;
      if (!result.more) break;
    }
    return { hours };
  },
);
