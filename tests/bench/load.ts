import { Agent, request } from "node:http";

/** What the load generator is told on its command line. */
export interface LoadPlan {
  url: string;
  key: string;
  clients: number;
  batch: number;
  /** Calls in all. */
  calls: number;
  /** Makes ids of different runs differ. */
  run: string;
}

export interface LoadResult {
  acked: number;
  failed: number;
  seconds: number;
  /** Latency of a request. */
  p50Ms: number;
  p99Ms: number;
}

const features = ["chat", "search", "summaries", "agents"];

function body(plan: LoadPlan, first: number, count: number, at: string): string {
  const calls = Array.from({ length: count }, (_, i) => {
    const n = first + i;
    return `{"id":"${plan.run}-${String(n)}","occurredAt":"${at}","kind":"llm","provider":"openai","model":"gpt-4o","userId":"user_${String(n % 400)}","feature":"${features[n % 4] ?? ""}","team":"core","environment":"production","prompt":{"id":"p${String(n % 9)}","version":"v3"},"latencyMs":${String(200 + (n % 900))},"providerRequestId":"chatcmpl-${plan.run}${String(n)}","usage":{"inputTokens":${String(800 + (n % 500))},"outputTokens":${String(50 + (n % 200))},"cacheReadTokens":${String(n % 300)}}}`;
  });
  return `{"calls":[${calls.join(",")}]}`;
}

function post(agent: Agent, plan: LoadPlan, text: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const req = request(
      `${plan.url}/api/trpc/ingest.calls`,
      {
        method: "POST",
        agent,
        headers: {
          authorization: `Bearer ${plan.key}`,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(text),
        },
      },
      (res) => {
        let answer = "";
        res.setEncoding("utf8");
        res.on("data", (chunk: string) => (answer += chunk));
        res.on("end", () => {
          const accepted = /"accepted":(\d+)/.exec(answer)?.[1];
          resolve(res.statusCode === 200 && accepted !== undefined ? Number(accepted) : 0);
        });
      },
    );
    req.on("error", reject);
    req.end(text);
  });
}

/** Sends `calls` calls in batches from `clients` clients, each waiting for its acknowledgement before the next. */
export async function load(plan: LoadPlan): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: plan.clients });
  const latencies: number[] = [];
  let next = 0;
  let acked = 0;
  const started = performance.now();
  const client = async () => {
    while (next < plan.calls) {
      const first = next;
      next += plan.batch;
      const text = body(plan, first, plan.batch, new Date().toISOString());
      const sent = performance.now();
      // Not `acked += await …`, which would add to the count of before the wait.
      const accepted = await post(agent, plan, text);
      acked += accepted;
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: plan.clients }, client));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { acked, failed: next - acked, seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

const told = process.argv[2];
if (told !== undefined && process.send) process.send(await load(JSON.parse(told) as LoadPlan));
