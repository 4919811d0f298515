import { backlogFound, inngest, pricesChanged, repricingApproved } from "@/inngest/client";
import { type BacklogLook, type BacklogPosition, priceBacklog } from "@/server/repricing/price-backlog";
import { systemContext } from "@/server/system-context";
import { maxSteps } from "./pace";

/** Prices calls that waited for a price, once it is known. While another repricing is running, it waits. */
export const priceTenantBacklog = inngest.createFunction(
  {
    id: "price-backlog",
    triggers: [pricesChanged, backlogFound],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const { tenantId } = event.data;
    let after: BacklogPosition | null = null;
    for (let part = 1; part <= maxSteps; part += 1) {
      const from: BacklogPosition | null = after;
      const look: BacklogLook = await step.run(`look-${String(part)}`, async () =>
        priceBacklog(await systemContext(tenantId, "price-backlog"), from),
      );
      if (look.runId !== null) {
        await step.sendEvent("apply", repricingApproved.create({ tenantId, runId: look.runId }));
        return { runId: look.runId };
      }
      if (look.isBusy) await step.sleep(`wait-${String(part)}`, "5m");
      else if (look.after === null) break;
      after = look.after;
    }
    return { runId: null };
  },
);
