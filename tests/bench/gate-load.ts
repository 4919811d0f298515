import { Agent, request } from "node:http";
import { z } from "zod";

/** What the load generator is told on its command line. */
export interface GatePlan {
  url: string;
  /** Of a tenant each; calls take turns. */
  keys: readonly string[];
  clients: number;
  /** Calls that are asked for, each of which is settled if it was allowed. */
  calls: number;
  feature: string;
  /** USD, reserved and settled. */
  costUsd: string;
}

const Load = z.object({
  seconds: z.number(),
  /** By tenant. */
  allowed: z.array(z.number()),
  denied: z.number(),
  failed: z.number(),
  reserveMs: z.array(z.number()),
  settleMs: z.array(z.number()),
});
export type GateLoad = z.infer<typeof Load>;
export const parseLoad = (word: unknown): GateLoad => Load.parse(word);

interface Answer {
  ms: number;
  status: number;
  text: string;
}

function post(agent: Agent, url: string, key: string, body: object): Promise<Answer> {
  const text = JSON.stringify(body);
  const sent = performance.now();
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    };
    const req = request(url, { method: "POST", agent, headers }, (res) => {
      let answer = "";
      res.setEncoding("utf8");
      res.on("data", (chunk: string) => (answer += chunk));
      res.on("end", () =>
        resolve({ ms: performance.now() - sent, status: res.statusCode ?? 0, text: answer }),
      );
    });
    req.on("error", reject);
    req.end(text);
  });
}

/** Reserves and settles from so many clients, each of which waits for every answer. */
async function load({ url, keys, clients, calls, feature, costUsd }: GatePlan): Promise<GateLoad> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const allowed = keys.map(() => 0);
  const [reserveMs, settleMs]: [number[], number[]] = [[], []];
  let [next, denied, failed] = [0, 0, 0];
  const client = async () => {
    while (next < calls) {
      const nth = next;
      next += 1;
      const at = nth % keys.length;
      const apiKey = keys[at] ?? "";
      const key = `${feature}-${String(nth)}`;
      const asked = await post(agent, `${url}/api/trpc/gate.reserve`, apiKey, { key, feature, estimate: { costUsd } }); // prettier-ignore
      reserveMs.push(asked.ms);
      const outcome = /"outcome":"([a-z-]+)"/.exec(asked.text)?.[1];
      if (asked.status !== 200 || outcome === undefined) failed += 1;
      else if (outcome !== "allow") denied += 1;
      else {
        allowed[at] = (allowed[at] ?? 0) + 1;
        const settled = await post(agent, `${url}/api/trpc/gate.settle`, apiKey, {
          key,
          actual: { costUsd },
        });
        settleMs.push(settled.ms);
        if (settled.status !== 200) failed += 1;
      }
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1_000;
  agent.destroy();
  return { seconds, allowed, denied, failed, reserveMs, settleMs };
}

const told = process.argv[2];
if (told !== undefined && process.send) process.send(await load(JSON.parse(told) as GatePlan));
