import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/server/launch/ports";
import { type Installation, install } from "@/tests/installation/install";
import { WebProcess } from "@/tests/installation/web-process";
import { storedIds } from "./stored-ids";
import { type Acked, sendStubbornly } from "./stubborn-clients";
import { sized } from "../setup/size";

const kills = sized(20, 6);
const events = sized(50_000, 15_000);

const nothing = (): Acked => ({ ids: new Set(), retries: 0, lastAckMs: 0 });
let place: Installation;
let port: number;
beforeAll(async () => {
  port = await freePort();
  place = await install(port);
});
afterAll(() => place.remove());

/** Kills and restarts the server each time another share of the events is acknowledged. */
async function underKills(
  door: "real" | "early",
  run: string,
  kills: number,
  events: number,
): Promise<{ acked: Acked; stored: string[] }> {
  const web = new WebProcess(place.environment, door);
  await web.start();
  const acked = nothing();
  let done = 0;
  const restarts: Promise<void>[] = [];
  let isUp = true;
  const restart = async () => {
    isUp = false;
    await web.kill();
    await web.start();
    isUp = true;
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
      if (!isUp || done >= kills || total < ((done + 1) * events) / (kills + 1)) return;
      done += 1;
      restarts.push(restart());
    },
  );
  await Promise.all(restarts);
  // The early one is still at it; that it stores anything shows that the control differs in its order alone.
  await expect
    .poll(async () => (await storedIds(place, run)).length, { timeout: 20_000, interval: 250 })
    .toBeGreaterThan(0);
  await web.kill();
  expect(done).toBe(kills);
  return { acked, stored: await storedIds(place, run) };
}

describe("T1: the web server is killed under load", () => {
  it(
    `loses nothing that it acknowledged and stores nothing twice, over ${kills} kills`,
    { timeout: 240_000 },
    async () => {
      const { acked, stored } = await underKills("real", "t1", kills, events);
      const unique = new Set(stored);
      expect(acked.ids.size).toBeGreaterThanOrEqual(events);
      expect(stored.length).toBe(unique.size);
      expect([...acked.ids].filter((id) => !unique.has(id))).toEqual([]);
      expect(stored.length).toBe(acked.ids.size);
      console.info(
        `T1: ${String(acked.ids.size)} acknowledged = ${String(stored.length)} stored, ${kills} kills, ${String(acked.retries)} retries`,
      );
    },
  );

  it("control: a server that acknowledges before the commit is found out", { timeout: 120_000 }, async () => {
    const { acked, stored } = await underKills("early", "t1c", 3, 6_000);
    const unique = new Set(stored);
    const lost = [...acked.ids].filter((id) => !unique.has(id));
    expect(lost.length).toBeGreaterThan(0);
    console.info(
      `T1 control: ${String(lost.length)} of ${String(acked.ids.size)} acknowledged events lost by a server that acknowledges early`,
    );
  });
});
