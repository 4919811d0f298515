import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { appendSnapshot } from "@/server/prices/append-snapshot";

/** A new release of the price list comes with a deployment, which runs this too; the job is for processes that stay up. */
export const appendPriceSnapshot = inngest.createFunction(
  { id: "append-price-snapshot", triggers: [cron("10 3 * * *")] },
  ({ step }) => step.run("append", () => appendSnapshot({ now: new Date() })),
);
