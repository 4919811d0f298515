import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { LaunchError } from "./failure";
import { ensureCluster } from "./initdb";
import { choosePlace, type Place } from "./place";
import { freePort } from "./ports";
import { readPostmaster, stopOrphan } from "./postmaster-pid";
import { spawnOptions } from "./server-user";
import { type ClusterOptions, serverSettings } from "./settings";

export interface Cluster {
  port: number;
  /** The server's own process. */
  pid: number;
  place: Place;
  /** Settles when the server is gone, whoever stopped it. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

const readyWithinMs = 60_000;
const logLimitBytes = 16 * 1024 * 1024;

/** Starts the embedded PostgreSQL of a data folder, making its cluster first if there is none. */
export async function startCluster(
  dataFolder: string,
  superuserPassword: string,
  options: ClusterOptions = {},
): Promise<Cluster> {
  const place = choosePlace(dataFolder);
  await stopOrphan(place.cluster);
  await ensureCluster(place, superuserPassword, options);
  const logFile = join(dataFolder, "postgres.log");
  for (let attempt = 1; ; attempt++) {
    // Between choosing a port and using it, somebody else may take it.
    const port = options.port ?? (await freePort());
    const server = spawnServer(place, port, logFile, options);
    if (await isReady(place, server)) return supervise(place, server, port);
    if (attempt === 3) throw new LaunchError(whyNotStarted(logFile));
    // A server that was killed leaves processes that hold its memory for a moment.
    await delay(500);
  }
}

function whyNotStarted(logFile: string): string {
  const said = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-12);
  const reason = said.findLast((line) => line.includes("FATAL:") || line.includes("PANIC:"));
  if (reason?.includes("No space left on device"))
    return "PostgreSQL could not start: there is no space left on the disk.";
  return `PostgreSQL could not start: ${reason?.replace(/^.*?(FATAL|PANIC):\s*/, "") ?? `see ${logFile}`}.`;
}

function spawnServer(place: Place, port: number, logFile: string, options: ClusterOptions): ChildProcess {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes)
    renameSync(logFile, `${logFile}.old`);
  const log = openSync(logFile, "a", 0o600);
  try {
    return spawn(
      join(place.binaries.folder, "bin", "postgres"),
      ["-D", place.cluster, ...serverSettings(port, options)],
      {
        ...spawnOptions(place.user),
        // A process group of its own: Ctrl-C is for us, and we stop the server after the last request.
        detached: true,
        stdio: ["ignore", log, log],
      },
    );
  } finally {
    closeSync(log);
  }
}

async function isReady(place: Place, server: ChildProcess): Promise<boolean> {
  let spawnError: Error | undefined;
  server.once("error", (error) => (spawnError = error));
  for (let waitedMs = 0; waitedMs < readyWithinMs; waitedMs += 25) {
    if (spawnError) throw spawnError;
    if (server.exitCode !== null || server.signalCode !== null) return false;
    const running = readPostmaster(place.cluster);
    if (running?.pid === server.pid && running?.status === "ready") return true;
    await delay(25);
  }
  server.kill("SIGQUIT");
  return false;
}

function supervise(place: Place, server: ChildProcess, port: number): Cluster {
  const pid = server.pid;
  if (pid === undefined) throw new LaunchError("PostgreSQL did not start.");
  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const guard = spawnGuard(place, pid);
  const stopNow = () => void server.kill("SIGINT");
  process.once("exit", stopNow);
  void exited.then(() => {
    process.off("exit", stopNow);
    guard?.stdin.end("stopped\n");
  });
  return {
    port,
    pid,
    place,
    exited,
    async stop() {
      server.kill("SIGINT");
      const stopped = await Promise.race([exited.then(() => true), delay(30_000, false, { ref: false })]);
      if (!stopped) server.kill("SIGQUIT");
      await exited;
    },
  };
}

/** A shell that stops the server once its input ends without a word, which the system sees to however we die. */
function spawnGuard(place: Place, pid: number) {
  if (process.platform === "win32") return undefined;
  const guard = spawn("/bin/sh", ["-c", 'read -r _ || kill -INT "$1"', "sh", String(pid)], {
    ...spawnOptions(place.user),
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Its pipe breaks when it is stopped before us, which is no failure of ours.
  guard.stdin.on("error", () => undefined);
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  guard.unref();
  return guard;
}
