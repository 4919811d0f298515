import { currentTime } from "@/server/clock";
import { withJobs } from "@/server/db";
import { env } from "@/server/env";
import { logger } from "@/server/log";
import { createCrons } from "./crons";
import { createDispatcher } from "./dispatch";
import { type JobFunction, parseFunctions } from "./functions";
import type { Log } from "./host";
import { startIntake } from "./intake";
import { createLeadership } from "./leadership";
import * as store from "./queries";
import { createSdkClient } from "./sdk-client";
import { runsForEvent } from "./trigger";

export interface RunnerOptions {
  /** Where the app answers, e.g. http://localhost:3000. */
  baseUrl: string;
  fetch?: typeof fetch;
  log?: Log;
  /** Off in tests, which call `tick` with instants of their own. */
  automatic?: boolean;
}

export interface Runner {
  /** Ends politely: runs under way get a moment, then go back to the queue. */
  stop(): Promise<void>;
  /** Everything that is due at `now`, to its end or its next pause. */
  tick(now: Date): Promise<void>;
}

const roundMs = 1_000;
const pruneMs = 600_000;
const dayMs = 86_400_000;

/** Plays the Inngest server's part on a machine that has none: see the README beside this file. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { INNGEST_BASE_URL: url, INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey } = env;
  if (!url || !eventKey || !signingKey) {
    throw new Error(
      "The embedded job runner needs INNGEST_BASE_URL, INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY.",
    );
  }
  const log = options.log ?? logger.child({ name: "jobs" });
  const sdk = createSdkClient({ baseUrl: options.baseUrl, signingKey, fetch: options.fetch ?? fetch });
  const leadership = createLeadership(env.DATABASE_JOBS_URL);
  const crons = createCrons({ transaction: withJobs });
  const dispatcher = createDispatcher({ sdk, transaction: withJobs, log }, () => wake());
  let functions: JobFunction[] | null = null;
  let prunedAt = 0;
  let stopped = false;
  let missed = 0;
  let wake = () => {};

  const known = async (now: Date) => (functions ??= parseFunctions(await sdk.register(), now));

  const intake = await startIntake({
    url,
    eventKey,
    now: () => currentTime(),
    async accept(events) {
      const now = currentTime();
      const runs = (await known(now)).flatMap((fn) => events.flatMap((event) => runsForEvent([fn], event)));
      await withJobs((db) => store.insertRuns(db, runs, now));
      wake();
    },
  });

  async function prune(now: Date): Promise<void> {
    if (now.getTime() - prunedAt < pruneMs) return;
    prunedAt = now.getTime();
    const before = {
      doneBefore: new Date(now.getTime() - dayMs),
      failedBefore: new Date(now.getTime() - 30 * dayMs),
    };
    await withJobs((db) => store.pruneRuns(db, before));
  }

  /** @returns how many runs were taken up */
  async function round(clock: () => Date): Promise<number> {
    try {
      if (!(await leadership.held())) return 0;
    } catch (error) {
      dispatcher.abandon();
      crons.forget();
      throw error;
    }
    const now = clock();
    const listed = await known(now);
    await crons.start(listed, now);
    await prune(now);
    return dispatcher.start(listed, clock);
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      const next = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, roundMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      await round(() => currentTime()).then(
        () => (missed = 0),
        (error: unknown) => {
          // Once a minute while the database or the app is away, not once a second.
          if (missed % 60 === 0) log.error({ error, missed }, "The job runner missed a round");
          missed += 1;
        },
      );
      await next;
    }
  }

  const looping = options.automatic === false ? Promise.resolve() : loop();
  return {
    async stop() {
      stopped = true;
      wake();
      await looping;
      // The events that a run sends are taken until it has ended.
      await dispatcher.stop();
      await intake.close();
      await leadership.release();
    },
    async tick(now) {
      for (let started = 1; started > 0;) {
        started = await round(() => now);
        await dispatcher.settled();
      }
    },
  };
}
