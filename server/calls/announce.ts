import { logger } from "@/server/log";
import { createAnnouncer } from "./announcer";

export const announceCalls = createAnnouncer({
  nowMs: () => performance.now(),
  failed: (error) => logger.warn({ error }, "a roll-up could not be asked for; the next minute's will do"),
  // Unreferenced: a process that wants to end does not wait for a hint.
  later: (run, ms) => void setTimeout(run, ms).unref(),
});
