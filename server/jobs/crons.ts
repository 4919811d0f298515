import type { JobFunction } from "./functions";
import type { Host } from "./host";
import * as store from "./queries";
import { cronCause, parseCronCause } from "./schedule";
import { runsForClock } from "./trigger";

export interface Crons {
  /** Starts the runs that the clock asks for. */
  start(functions: JobFunction[], now: Date): Promise<void>;
  /** Another process may have run the crons meanwhile. */
  forget(): void;
}

/** Remembers each cron's last tick, and reads it from the database when this process begins to run the jobs. */
export function createCrons(host: Pick<Host, "transaction">): Crons {
  let ticks: Map<string, Date> | null = null;
  const key = (functionId: string, cron: string) => `${functionId} ${cron}`;

  async function load(): Promise<Map<string, Date>> {
    const rows = await host.transaction((db) => store.lastCronCauses(db));
    const known = rows.flatMap(({ functionId, cause }) => {
      const parsed = parseCronCause(cause);
      return parsed ? [[key(functionId, parsed.cron), parsed.tick] as const] : [];
    });
    return new Map(known);
  }

  return {
    async start(functions, now) {
      const last = (ticks ??= await load());
      const { due, met } = runsForClock(
        functions,
        (functionId, cron) => last.get(key(functionId, cron)),
        now,
      );
      if (due.length + met.length === 0) return;
      await host.transaction(async (db) => {
        const runs = due.map(({ run }) => run);
        await store.insertRuns(db, runs, now);
        const starts = met.map(({ functionId, cron }) => ({ functionId, cause: cronCause(cron, now) }));
        await store.insertCronStart(db, starts, now);
      });
      for (const { run, cron, tick } of due) last.set(key(run.functionId, cron), tick);
      for (const { functionId, cron } of met) last.set(key(functionId, cron), now);
    },
    forget() {
      ticks = null;
    },
  };
}
