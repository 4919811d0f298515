import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { LaunchError, systemCode } from "./failure";

interface Postmaster {
  pid: number;
  status: string;
}

/** What `postmaster.pid` says, or undefined when no server runs in this cluster. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, status: (lines[7] ?? "").trim() } : undefined;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Stops the server that a killed process of ours left behind. The caller holds the data folder's lock, so nobody
 * uses it; two servers on one cluster must never be, so one that will not go is an error.
 */
export async function stopOrphan(cluster: string): Promise<boolean> {
  const orphan = readPostmaster(cluster);
  if (!orphan || !runsPostgresIn(orphan.pid, cluster)) return false;
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    signalIfAlive(orphan.pid, signal);
    for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 50) {
      if (!runsPostgresIn(orphan.pid, cluster)) return true;
      await delay(50);
    }
  }
  throw new LaunchError(
    `A database server left from before (process ${orphan.pid}) does not stop; end it, then start again.`,
  );
}

// A process id is soon somebody else's, above all in containers: where the system tells, look at what it runs.
function runsPostgresIn(pid: number, cluster: string): boolean {
  if (!signalIfAlive(pid, 0)) return false;
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return command.includes("postgres") && command.includes(cluster);
  } catch {
    return process.platform !== "linux";
  }
}

function signalIfAlive(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}
