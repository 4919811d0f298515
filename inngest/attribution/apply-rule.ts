import { attributionRequested, inngest, rollupRequested } from "@/inngest/client";
import { chunksInStep, maxSteps } from "@/inngest/repricing/pace";
import { advanceOpenRun } from "@/server/attribution/advance-run";
import { systemContext } from "@/server/system-context";

/** Applies a rule to the past, or takes it back. Each chunk is one moment of the ledger, so each has its own time. */
export const applyAttributionRule = inngest.createFunction(
  {
    id: "apply-attribution-rule",
    triggers: [attributionRequested],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const { tenantId } = event.data;
    for (let part = 1; part <= maxSteps; part += 1) {
      const more = await step.run(`apply-${String(part)}`, async () => {
        for (let chunk = 0; chunk < chunksInStep; chunk += 1) {
          const result = await advanceOpenRun(await systemContext(tenantId, "apply-attribution-rule"));
          if (!result.more) return false;
        }
        return true;
      });
      if (!more) {
        await step.sendEvent("roll-up", [rollupRequested.create({ tenantId })]);
        return { parts: part };
      }
    }
    await step.sendEvent("go-on", [attributionRequested.create({ tenantId })]);
    return { parts: maxSteps };
  },
);
