import { inngest, pullRequested } from "@/inngest/client";
import { pullSource } from "@/server/sources/pull";
import { systemContext } from "@/server/system-context";

/** Steps of one run: what is left of a long history goes on in the next hour's run. */
const maxSteps = 60;
/** Longer waits are left to the next hour's run. */
const longestWaitSeconds = 300;

export const pullFromSource = inngest.createFunction(
  {
    id: "pull-source",
    triggers: [pullRequested],
    // Pulls of one connection wait for each other: they share its place.
    concurrency: { limit: 1, key: "event.data.connectionId" },
  },
  async ({ event, step }) => {
    const { tenantId, connectionId } = event.data;
    for (let part = 1; part <= maxSteps; part += 1) {
      const { more, waitSeconds } = await step.run(`pull-${String(part)}`, async () =>
        pullSource(await systemContext(tenantId, "pull-source"), { connectionId }),
      );
      if (!more || (waitSeconds ?? 0) > longestWaitSeconds) return { parts: part };
      if (waitSeconds !== null) await step.sleep(`wait-${String(part)}`, waitSeconds * 1_000);
    }
    return { parts: maxSteps };
  },
);
