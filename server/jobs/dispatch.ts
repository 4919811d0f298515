import { chooseRuns, type Placed } from "./concurrency";
import { drive } from "./drive";
import type { JobFunction } from "./functions";
import type { Host } from "./host";
import * as store from "./queries";

export interface Dispatcher {
  /** Takes up runs that are due, as far as places and limits allow. @returns how many */
  start(functions: JobFunction[], clock: () => Date): Promise<number>;
  /** Resolves when no run is under way. */
  settled(): Promise<void>;
  /** Another process may take over: what is under way is dropped at once and nothing more is written. */
  abandon(): void;
  stop(): Promise<void>;
}

/** Runs at a time: the jobs share the machine, and three database connections, with the requests. */
const places = 4;
const graceMs = 5_000;

/** @param onFree called when a run has ended well and its place is free; after a fault the next round is soon enough */
export function createDispatcher(host: Omit<Host, "signal" | "now">, onFree: () => void): Dispatcher {
  const busy = new Map<string, { run: Placed; end: Promise<void> }>();
  let abort = new AbortController();

  async function take(
    run: Placed,
    functions: JobFunction[],
    clock: () => Date,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await drive({ ...host, now: clock, signal }, run.id, functions);
      busy.delete(run.id);
      onFree();
    } catch (error) {
      // The run stays as it is in the database and is taken up again, as after the end of a process.
      if (!signal.aborted)
        host.log.error({ error, functionId: run.functionId, runId: run.id }, "A job run was interrupted");
    } finally {
      busy.delete(run.id);
    }
  }

  return {
    async start(functions, clock) {
      const free = places - busy.size;
      if (free <= 0) return 0;
      const input = { now: clock(), busy: [...busy.keys()], perGroup: places };
      const due = await host.transaction((db) => store.dueRuns(db, input));
      const byId = new Map(functions.map((fn) => [fn.id, fn]));
      const going = [...busy.values()].map(({ run }) => run);
      const chosen = chooseRuns(due, going, byId, free);
      for (const run of chosen) busy.set(run.id, { run, end: take(run, functions, clock, abort.signal) });
      return chosen.length;
    },

    async settled() {
      await Promise.all([...busy.values()].map(({ end }) => end));
    },

    abandon() {
      abort.abort();
      abort = new AbortController();
    },

    async stop() {
      const left = [...busy.keys()];
      const timer = setTimeout(() => abort.abort(), graceMs);
      await Promise.all([...busy.values()].map(({ end }) => end));
      clearTimeout(timer);
      if (!abort.signal.aborted) return;
      await host.transaction(async (db) => {
        for (const id of left) await store.releaseRun(db, id);
      });
    },
  };
}
