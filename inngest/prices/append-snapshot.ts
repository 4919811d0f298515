import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { currentTime } from "@/server/clock";
import { env } from "@/server/env";
import { appendSnapshot } from "@/server/prices/append-snapshot";
import { feedNames } from "@/server/prices/feeds";
import { refreshFeed } from "@/server/prices/refresh-feed";

/**
 * A new release of the price lists comes with a deployment, which runs this too; the job is for processes that stay up,
 * and looks at the published lists where the installation wants that.
 */
export const appendPriceSnapshot = inngest.createFunction(
  { id: "append-price-snapshot", triggers: [cron("10 3 * * *")] },
  async ({ step }) => {
    await step.run("append", () => appendSnapshot({ now: currentTime() }));
    if (env.PRICE_FEEDS === "off") return;
    for (const name of feedNames) {
      await step.run(`refresh ${name}`, () => refreshFeed({ now: currentTime() }, name));
    }
  },
);
