import { setTimeout as pause } from "node:timers/promises";
import { isDomainError } from "@/server/errors";

/** Pauses (ms) before work is tried again. */
const pauses = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Work that nobody waits for at a screen is tried again, for half a minute, while the database is away or the ledger is
 * busy. Only for work that may be repeated.
 * @throws what the last try threw
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const waitMs = pauses[tries];
      const mayPass = isDomainError(error) && (error.code === "UNAVAILABLE" || error.code === "RATE_LIMITED");
      if (!mayPass || waitMs === undefined) throw error;
      await pause(waitMs);
    }
  }
}
