import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";

const script = fileURLToPath(new URL("reprice-worker.ts", import.meta.url));

export interface Progress {
  seen: number;
  total: number;
}

interface Plan {
  admin: Client;
  environment: Record<string, string>;
  tenantId: string;
  runId: string;
  kills: number;
  onProgress?: (progress: Progress) => void;
  onKill?: () => void;
}

async function progressOf({ admin, tenantId, runId }: Plan): Promise<Progress> {
  const { rows } = await admin.query<Progress>(
    "SELECT calls_seen::int AS seen, calls_total::int AS total FROM reprice_run WHERE tenant_id = $1 AND id = $2",
    [tenantId, runId],
  );
  return rows[0] ?? { seen: 0, total: 0 };
}

function start({ environment, tenantId, runId }: Plan): ChildProcess {
  return fork(script, [tenantId, runId], {
    env: { ...process.env, ...environment },
    execArgv: ["--import", "tsx"],
  });
}

/**
 * Applies an approved run in a process that is killed (SIGKILL, in the middle of a chunk) each time another share of the
 * calls is done, and started again. @returns how often it was killed, and how many seconds it took without the starts
 */
export async function applyUnderKills(plan: Plan): Promise<{ kills: number; seconds: number }> {
  let kills = 0;
  let seconds = 0;
  for (;;) {
    const worker = start(plan);
    const times: number[] = [];
    const gone = once(worker, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
    worker.on("message", () => {
      times.push(performance.now());
      void progressOf(plan).then((progress) => {
        plan.onProgress?.(progress);
        // The next chunk is under way already: this one dies half-way.
        if (kills >= plan.kills || progress.seen < ((kills + 1) * progress.total) / (plan.kills + 1)) return;
        if (!worker.kill("SIGKILL")) return;
        kills += 1;
        plan.onKill?.();
      });
    });
    const [code, signal] = await gone;
    if (times[0] !== undefined) seconds += (performance.now() - times[0]) / 1000;
    if (signal === "SIGKILL") continue;
    if (code !== 0) throw new Error(`The worker ended with ${String(code)}`);
    return { kills, seconds };
  }
}
