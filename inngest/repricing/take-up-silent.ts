import { inngest, repricingApproved, repricingRequested } from "@/inngest/client";
import { currentTime } from "@/server/clock";
import { listSilentRuns } from "@/server/repricing/list-silent";

/** Every few minutes: runs whose event was lost, or whose job gave up while the database was away, are taken up again. */
export const takeUpSilentRuns = inngest.createFunction(
  { id: "take-up-silent-repricings", triggers: [{ cron: "*/5 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const runs = await step.run("list-runs", () => listSilentRuns(currentTime()));
    if (runs.length > 0) {
      await step.sendEvent(
        "take-up",
        runs.map(({ state, ...run }) =>
          state === "running" ? repricingApproved.create(run) : repricingRequested.create(run),
        ),
      );
    }
    return { runs: runs.length };
  },
);
