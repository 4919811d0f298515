import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const doors = {
  /** The product's. */
  real: fileURLToPath(new URL("door.ts", import.meta.url)),
  /** A wrong one that acknowledges before the commit: what the chaos tests must be able to tell from the real. */
  early: fileURLToPath(new URL("early-door.ts", import.meta.url)),
};

/** A web server in a process of its own, to be killed at any moment. */
export class WebProcess {
  private child: ChildProcess | null = null;

  constructor(
    private readonly environment: Record<string, string>,
    private readonly door: keyof typeof doors = "real",
  ) {}

  /** Resolves once it answers requests. */
  async start(): Promise<void> {
    const child = fork(doors[this.door], {
      env: { ...process.env, ...this.environment },
      execArgv: ["--import", "tsx"],
    });
    this.child = child;
    const gone = once(child, "exit").then(() =>
      Promise.reject(new Error("The web server ended before it was ready.")),
    );
    gone.catch(() => undefined);
    await Promise.race([once(child, "message"), gone]);
  }

  /** SIGKILL: nothing is flushed, nobody is told. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
}
