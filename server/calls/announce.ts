import { logger } from "@/server/log";
import { createAnnouncer } from "./announcer";

export const announceCalls = createAnnouncer({
  event: "rollup/requested",
  // New calls show within about this long; without announcements the roll-up's own minute would be the bound.
  everyMs: 20_000,
  nowMs: () => performance.now(),
  failed: (error) => logger.warn({ error }, "a roll-up could not be asked for; the next minute's will do"),
  // Unreferenced: a process that wants to end does not wait for a hint.
  later: (run, ms) => void setTimeout(run, ms).unref(),
});
