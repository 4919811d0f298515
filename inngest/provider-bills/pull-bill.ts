import { billPullRequested, inngest } from "@/inngest/client";
import { compareRead } from "@/server/provider-bills/compare-read";
import { pullBill } from "@/server/provider-bills/pull";
import { systemContext } from "@/server/system-context";

/** Steps of one run: what is left goes on in the next one. */
const maxSteps = 60;
/** Longer waits are left to the next run. */
const longestWaitSeconds = 900;

export const pullProviderBill = inngest.createFunction(
  {
    id: "pull-bill",
    triggers: [billPullRequested],
    // Pulls of one connection wait for each other: they share its place.
    concurrency: { limit: 1, key: "event.data.connectionId" },
  },
  async ({ event, step }) => {
    const { tenantId, connectionId } = event.data;
    for (let part = 1; part <= maxSteps; part += 1) {
      const { more, waitSeconds } = await step.run(`pull-${String(part)}`, async () =>
        pullBill(await systemContext(tenantId, "pull-bill"), { connectionId }),
      );
      if (!more) {
        await step.run("compare", async () =>
          compareRead(await systemContext(tenantId, "pull-bill"), { connectionId }),
        );
        return { parts: part };
      }
      if ((waitSeconds ?? 0) > longestWaitSeconds) return { parts: part };
      if (waitSeconds !== null) await step.sleep(`wait-${String(part)}`, waitSeconds * 1_000);
    }
    return { parts: maxSteps };
  },
);
