import { inngest, repricingApproved, rollupRequested } from "@/inngest/client";
import { applyRepricing } from "@/server/repricing/apply";
import { systemContext } from "@/server/system-context";
import { chunksInStep, maxSteps } from "./pace";

/** Prices the calls of an approved repricing anew. Each chunk is one moment of the ledger, so each has its own time. */
export const applyRun = inngest.createFunction(
  {
    id: "apply-repricing",
    triggers: [repricingApproved],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const { tenantId, runId } = event.data;
    for (let part = 1; part <= maxSteps; part += 1) {
      const more = await step.run(`apply-${String(part)}`, async () => {
        for (let chunk = 0; chunk < chunksInStep; chunk += 1) {
          const result = await applyRepricing(await systemContext(tenantId, "apply-repricing"), { runId });
          if (!result.more) return false;
        }
        return true;
      });
      if (!more) {
        await step.sendEvent("roll-up", rollupRequested.create({ tenantId }));
        return { parts: part };
      }
    }
    await step.sendEvent("go-on", repricingApproved.create({ tenantId, runId }));
    return { parts: maxSteps };
  },
);
