import { inngest, repricingRequested } from "@/inngest/client";
import { previewRepricing } from "@/server/repricing/preview";
import { systemContext } from "@/server/system-context";
import { chunksInStep, maxSteps } from "./pace";

/** What would this repricing change? */
export const previewRun = inngest.createFunction(
  {
    id: "preview-repricing",
    triggers: [repricingRequested],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const { tenantId, runId } = event.data;
    for (let part = 1; part <= maxSteps; part += 1) {
      const more = await step.run(`preview-${String(part)}`, async () => {
        for (let chunk = 0; chunk < chunksInStep; chunk += 1) {
          const result = await previewRepricing(await systemContext(tenantId, "preview-repricing"), {
            runId,
          });
          if (!result.more) return false;
        }
        return true;
      });
      if (!more) return { parts: part };
    }
    await step.sendEvent("go-on", repricingRequested.create({ tenantId, runId }));
    return { parts: maxSteps };
  },
);
