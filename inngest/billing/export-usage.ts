import { billingRequested, inngest } from "@/inngest/client";
import { compareIfDue } from "@/server/billing/compare-due";
import { noteFailure } from "@/server/billing/note-failure";
import { planOlderIfDue } from "@/server/billing/plan-older";
import { planWindows } from "@/server/billing/plan-windows";
import { processBillingEvents } from "@/server/billing/process-events";
import { readRevenueIfDue } from "@/server/billing/read-revenue";
import { resolveUnknown } from "@/server/billing/resolve-unknown";
import { sendReady } from "@/server/billing/send-ready";
import { systemContext } from "@/server/system-context";

/** Steps of one run: what is left goes on in the next one's. */
const maxSteps = 40;

/** What a tenant's final hours hold leaves for Stripe, and what Stripe says of it comes back. */
export const exportUsage = inngest.createFunction(
  {
    id: "export-usage",
    triggers: [billingRequested],
    concurrency: { limit: 1, key: "event.data.tenantId" },
  },
  async ({ event, step }) => {
    const context = () => systemContext(event.data.tenantId, "export-usage");
    await step.run("process-events", async () => {
      const ctx = await context();
      return noteFailure(ctx, () => processBillingEvents(ctx));
    });
    for (let part = 1; part <= maxSteps; part += 1) {
      const { more } = await step.run(`plan-${String(part)}`, async () => planWindows(await context()));
      if (!more) break;
    }
    for (let part = 1; part <= maxSteps; part += 1) {
      const { more } = await step.run(`plan-older-${String(part)}`, async () =>
        planOlderIfDue(await context()),
      );
      if (!more) break;
    }
    await step.run("resolve-unknown", async () => {
      const ctx = await context();
      return noteFailure(ctx, () => resolveUnknown(ctx));
    });
    let rows = 0;
    for (let part = 1; part <= maxSteps; part += 1) {
      const sent = await step.run(`send-${String(part)}`, async () => {
        const ctx = await context();
        return noteFailure(ctx, () => sendReady(ctx));
      });
      rows += sent?.tried ?? 0;
      if (sent?.waitMs !== 0) break;
    }
    await step.run("compare", async () => {
      const ctx = await context();
      return noteFailure(ctx, () => compareIfDue(ctx));
    });
    await step.run("read-revenue", async () => readRevenueIfDue(await context()));
    return { rows };
  },
);
