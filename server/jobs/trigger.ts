import { concurrencyKey } from "./concurrency";
import { holds, valueAt } from "./expression";
import type { JobFunction } from "./functions";
import type { JobEvent } from "./protocol";
import { cronCause, dueTick } from "./schedule";

export interface NewRun {
  functionId: string;
  /** With the function unique: the same cause starts it once. */
  cause: string;
  events: JobEvent[];
  concurrencyKey: string;
}

export const failedEventName = "inngest/function.failed";

/** The runs that an event starts. */
export function runsForEvent(functions: JobFunction[], event: JobEvent): NewRun[] {
  const wanted = functions.filter((fn) =>
    fn.events.some(
      ({ name, condition }) => name === event.name && (condition === null || holds(condition, event)),
    ),
  );
  return wanted.map((fn) => ({
    functionId: fn.id,
    cause:
      fn.idempotency === null ? `event ${event.id}` : `key ${JSON.stringify(valueAt(fn.idempotency, event))}`,
    events: [event],
    concurrencyKey: concurrencyKey(fn, event),
  }));
}

export interface Due {
  cron: string;
  tick: Date;
  run: NewRun;
}

/**
 * The runs that the clock starts, and the crons met for the first time, whose count begins now.
 * @param lastTick the tick that a function's cron last ran for, if it is known
 */
export function runsForClock(
  functions: JobFunction[],
  lastTick: (functionId: string, cron: string) => Date | undefined,
  now: Date,
): { due: Due[]; met: { functionId: string; cron: string }[] } {
  const crons = functions.flatMap((fn) =>
    fn.crons.map((cron) => ({ fn, cron, last: lastTick(fn.id, cron) })),
  );
  const due = crons.flatMap(({ fn, cron, last }) => {
    const tick = last && dueTick(cron, last, now);
    if (!tick) return [];
    const cause = cronCause(cron, tick);
    const event: JobEvent = {
      id: `${fn.id} ${cause}`,
      name: "inngest/scheduled.timer",
      data: { cron },
      ts: tick.getTime(),
    };
    return [
      {
        cron,
        tick,
        run: { functionId: fn.id, cause, events: [event], concurrencyKey: concurrencyKey(fn, event) },
      },
    ];
  });
  const met = crons
    .filter(({ last }) => last === undefined)
    .map(({ fn, cron }) => ({ functionId: fn.id, cron }));
  return { due, met };
}

/** What a function's `onFailure` listens to. */
export function failedEvent(
  run: { id: string; functionId: string; events: JobEvent[] },
  reason: string,
  now: Date,
): JobEvent {
  return {
    id: `failed ${run.id}`,
    name: failedEventName,
    data: {
      function_id: run.functionId,
      run_id: run.id,
      error: { name: "Error", message: reason },
      event: run.events[0],
    },
    ts: now.getTime(),
  };
}
