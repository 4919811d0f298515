import type { Ctx } from "@/server/context";
import { logger } from "@/server/log";
import { compareMonths } from "./compare-read";
import { monthsRead } from "./final-gap";

/**
 * Once a file was added or removed: compares what alerts look at anew, of the months that they look at. What was kept is
 * kept, even if this fails: whoever looks at a month has it compared anew.
 */
export async function compareFile(
  ctx: Ctx,
  { provider, firstDay, lastDay }: { provider: string; firstDay: string; lastDay: string },
): Promise<void> {
  const months = monthsRead(ctx.now).filter(
    (month) => month >= firstDay.slice(0, 7) && month <= lastDay.slice(0, 7),
  );
  await compareMonths(ctx, provider, months).catch((error: unknown) => {
    logger.error({ error, provider, months }, "a bill's file could not be compared for the alerts");
  });
}
