import { setTimeout as delay } from "node:timers/promises";
import type { Cluster } from "./cluster";
import { reasonOf } from "./failure";

export interface Supervised {
  readonly current: Cluster;
  stop(): Promise<void>;
}

/** Starts the database again whenever it ends without being told to, with growing pauses while that fails. */
export function keepRunning(
  first: Cluster,
  start: () => Promise<Cluster>,
  report: (line: string) => void,
): Supervised {
  let current = first;
  let stopping = false;
  const watch = async (): Promise<void> => {
    for (let failures = 0; ;) {
      await current.exited;
      if (stopping) return;
      report("The database ended by itself; starting it again.");
      try {
        current = await start();
        failures = 0;
      } catch (error) {
        failures += 1;
        report(`The database does not start: ${reasonOf(error)}`);
        await delay(Math.min(1_000 * failures, 10_000));
      }
      if (hasToStop()) await current.stop();
    }
  };
  // Read anew after each wait, where the compiler would take it for unchanged.
  const hasToStop = () => stopping;
  const watching = watch();
  return {
    get current() {
      return current;
    },
    async stop() {
      stopping = true;
      await current.stop();
      await watching;
    },
  };
}
