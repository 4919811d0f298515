import { createAnnouncer } from "@/server/calls/announcer";
import { logger } from "@/server/log";

/** Asks for the inbox to be emptied, every few seconds at most; the job looks each minute anyway. */
export const announceDelivery = createAnnouncer({
  event: "inbox/received",
  everyMs: 3_000,
  nowMs: () => performance.now(),
  failed: (error) =>
    logger.warn({ error }, "the inbox could not be announced; the next minute's look will do"),
  later: (run, ms) => void setTimeout(run, ms).unref(),
});
