import { eraseRequested, inngest } from "@/inngest/client";
import { chunksInStep, maxSteps } from "@/inngest/repricing/pace";
import { advanceErasure } from "@/server/privacy/advance-erasure";
import { systemContext } from "@/server/system-context";

/** Forgets the users of a tenant who are to be forgotten. No step says who: what steps return is kept for days. */
export const eraseUserJob = inngest.createFunction(
  { id: "erase-user", triggers: [eraseRequested], concurrency: { limit: 1, key: "event.data.tenantId" } },
  async ({ event, step }) => {
    const { tenantId } = event.data;
    for (let part = 1; part <= maxSteps; part += 1) {
      const more = await step.run(`erase-${String(part)}`, async () => {
        for (let chunk = 0; chunk < chunksInStep; chunk += 1) {
          const result = await advanceErasure(await systemContext(tenantId, "erase-user"));
          if (!result.more) return false;
        }
        return true;
      });
      if (!more) return { parts: part };
    }
    await step.sendEvent("go-on", [eraseRequested.create({ tenantId })]);
    return { parts: maxSteps };
  },
);
