import { eraseRequested, inngest } from "@/inngest/client";
import { currentTime } from "@/server/clock";
import { listSilentErasures } from "@/server/privacy/list-silent";

/** Every few minutes: erasures whose event was lost, or which stalled, are taken up again until they are done. */
export const takeUpSilentErasures = inngest.createFunction(
  { id: "take-up-silent-erasures", triggers: [{ cron: "3-59/5 * * * *" }], concurrency: 1 },
  async ({ step }) => {
    const tenantIds = await step.run("list-tenants", () => listSilentErasures(currentTime()));
    if (tenantIds.length > 0) {
      await step.sendEvent(
        "take-up",
        tenantIds.map((tenantId) => eraseRequested.create({ tenantId })),
      );
    }
    return { tenants: tenantIds.length };
  },
);
