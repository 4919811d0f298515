import { reasonOf } from "./failure";
import type { Steps } from "./steps.mjs";

type Task = () => void | Promise<void>;

export interface Shutdown {
  /** Aborted as soon as the end begins. */
  signal: AbortSignal;
  /** Tasks run in the opposite order of their adding. */
  add(title: string, task: Task): void;
  run(exitCode: number): Promise<void>;
  afterFailure(): Promise<void>;
}

/** Ends everything once, in order, on Ctrl-C, SIGTERM, a failed start or an error that nobody caught. */
export function createShutdown(steps: Steps): Shutdown {
  const controller = new AbortController();
  const tasks: { title: string; task: Task }[] = [];
  let ending: Promise<void> | undefined;

  const runTasks = async () => {
    for (let next = tasks.pop(); next; next = tasks.pop()) {
      const { title, task } = next;
      try {
        await task();
      } catch (error) {
        steps.print(`Could not ${title}: ${reasonOf(error)}`);
      }
    }
  };
  const end = () => {
    controller.abort(new Error("Stopped before it was ready."));
    return (ending ??= runTasks());
  };
  const run = async (exitCode: number) => {
    await end();
    process.exit(exitCode);
  };
  // npm passes Ctrl-C on although the terminal has sent it already: the second of two changes nothing.
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (ending) return;
      steps.print("\nStopping …");
      void run(0);
    });
  }
  process.on("uncaughtException", (error) => {
    steps.print(`\nAn unexpected error ends Tokenledger:\n${error.stack ?? error.message}`);
    void run(1);
  });
  return {
    signal: controller.signal,
    add: (title, task) => void tasks.push({ title, task }),
    run,
    async afterFailure() {
      // Stopped by a signal while starting: that is the reason, not what it broke off.
      if (ending) await run(0);
      await end();
    },
  };
}
