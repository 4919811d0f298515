import { evaluateRequested, inngest, rollupRequested, zoneChanged } from "@/inngest/client";
import { settleCalls } from "@/server/calls/settle";
import { logger } from "@/server/log";
import { rollUp } from "@/server/rollups/roll-up";
import { sumRecentDays } from "@/server/rollups/sum-recent-days";
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
    // First, so that no roll-up shows a call twice, or nobody's, for want of a second look. Its failing is no reason to
    // let figures stand still: the marks stay, and the next run tries again.
    await step
      .run("settle-calls", async () =>
        settleCalls(await systemContext(event.data.tenantId, "roll-up-tenant")),
      )
      .catch((error: unknown) => {
        logger.error({ error, tenantId: event.data.tenantId }, "calls could not be settled");
      });
    let hours = 0;
    let isRecentDue = false;
    for (let part = 1; part <= maxSteps; part += 1) {
      const result = await step.run(`roll-up-${String(part)}`, async () =>
        rollUp(await systemContext(event.data.tenantId, "roll-up-tenant")),
      );
      hours += result.hours;
      ({ isRecentDue } = result);
      if (!result.more) break;
    }
    // Spikes and budgets are looked at as soon as there is something new to see.
    if (hours > 0) {
      const { tenantId } = event.data;
      await step.sendEvent("look-at-alerts", [evaluateRequested.create({ tenantId, cadences: ["fast"] })]);
    }
    // Last, and however it ends: without them reports are as right, and slower.
    if (isRecentDue) {
      await step
        .run("sum-recent-days", async () =>
          sumRecentDays(await systemContext(event.data.tenantId, "roll-up-tenant")),
        )
        .catch((error: unknown) => {
          logger.error({ error, tenantId: event.data.tenantId }, "recent days could not be summed");
        });
    }
    return { hours };
  },
);
