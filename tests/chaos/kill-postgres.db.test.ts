import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCluster } from "@/server/launch/cluster";
import { freePort } from "@/server/launch/ports";
import { withClient } from "@/server/launch/provision";
import { loadSecrets } from "@/server/launch/secrets";
import { type Installation, install } from "@/tests/installation/install";
import { WebProcess } from "@/tests/installation/web-process";
import { storedIds } from "./stored-ids";
import { type Acked, sendStubbornly } from "./stubborn-clients";
import { sized } from "../setup/size";

const kills = sized(5, 3);
const events = sized(20_000, 12_000);
let place: Installation;
let port: number;
beforeAll(async () => {
  port = await freePort();
  place = await install(port);
});
afterAll(() => place.remove());

/** SIGKILL to the server and all its backends, as a machine that dies would. */
async function killPostgres(): Promise<void> {
  const { pid, exited } = place.cluster;
  const children = execFileSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
  for (const child of [pid, ...children.split(/\s+/).filter(Boolean).map(Number)]) {
    try {
      process.kill(child, "SIGKILL");
    } catch {
      continue; // gone by itself in between
    }
  }
  await exited;
}

async function restartPostgres(): Promise<void> {
  place.cluster = await startCluster(place.folder, loadSecrets(place.folder).superuserPassword, {
    port: place.cluster.port,
  });
}

interface Outcome {
  acked: Acked;
  stored: string[];
  /** From "Postgres takes connections again" to the next acknowledgement, ms. */
  recoveriesMs: number[];
}

async function underKills(run: string): Promise<Outcome> {
  const web = new WebProcess(place.environment);
  await web.start();
  const acked: Acked = { ids: new Set(), retries: 0, lastAckMs: 0 };
  const recoveriesMs: number[] = [];
  let upSince: number | null = null;
  let done = 0;
  let restarting: Promise<void> | null = null;
  const restart = async () => {
    await killPostgres();
    await restartPostgres();
    upSince = performance.now();
    restarting = null;
  };
  await sendStubbornly(
    {
      url: `http://127.0.0.1:${String(port)}`,
      key: place.ingestKey,
      clients: 16,
      batch: 20,
      untilAcked: events,
      run,
    },
    acked,
    (total) => {
      if (upSince !== null) {
        recoveriesMs.push(performance.now() - upSince);
        upSince = null;
      }
      if (restarting || done >= kills || total < ((done + 1) * events) / (kills + 1)) return;
      done += 1;
      restarting = restart();
    },
  );
  await web.kill();
  expect(done).toBe(kills);
  return { acked, stored: await storedIds(place, run), recoveriesMs };
}

describe("T2: PostgreSQL is killed under load", () => {
  it(
    `loses nothing that was acknowledged over ${kills} kills, and takes writes again within 5 s`,
    { timeout: 180_000 },
    async () => {
      const { acked, stored, recoveriesMs } = await underKills("t2");
      const unique = new Set(stored);
      expect(stored.length).toBe(unique.size);
      expect([...acked.ids].filter((id) => !unique.has(id))).toEqual([]);
      expect(recoveriesMs).toHaveLength(kills);
      expect(Math.max(...recoveriesMs)).toBeLessThan(5_000);
      console.info(
        `T2: 0 of ${String(acked.ids.size)} acknowledged events lost over ${String(kills)} kills; first write ${Math.max(...recoveriesMs).toFixed(0)} ms after the restart at worst`,
      );
    },
  );

  it(
    "control: without synchronous_commit the same kills lose acknowledged events",
    { timeout: 180_000 },
    async () => {
      await withClient(place.adminUrl, async (client) => {
        await client.query("ALTER ROLE tokenledger_ingest SET synchronous_commit = off");
        await client.query("ALTER SYSTEM SET wal_writer_delay = '10s'");
        await client.query("SELECT pg_reload_conf()");
      });
      const { acked, stored } = await underKills("t2c");
      const unique = new Set(stored);
      const lost = [...acked.ids].filter((id) => !unique.has(id)).length;
      expect(lost).toBeGreaterThan(0);
      console.info(
        `T2 control: ${String(lost)} of ${String(acked.ids.size)} acknowledged events lost with synchronous_commit=off`,
      );
    },
  );
});
