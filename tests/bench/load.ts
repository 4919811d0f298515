import { Agent, request } from "node:http";
import { spansBody, tracesBody } from "./otlp-bodies";

/** What the load generator is told on its command line. */
export interface LoadPlan {
  /** What is sent: calls by ingest.calls; whole traces or single calls as spans by OTLP. */
  way?: keyof typeof ways;
  /** All bodies are made before the clock starts, so that only the door is measured. */
  prepared?: boolean;
  url: string;
  key: string;
  clients: number;
  batch: number;
  /** Calls, or spans, in all. */
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

function callsBody(plan: LoadPlan, first: number, count: number, at: string): string {
  const calls = Array.from({ length: count }, (_, i) => {
    const n = first + i;
    return `{"id":"${plan.run}-${String(n)}","occurredAt":"${at}","kind":"llm","provider":"openai","model":"gpt-4o","userId":"user_${String(n % 400)}","feature":"${features[n % 4] ?? ""}","team":"core","environment":"production","prompt":{"id":"p${String(n % 9)}","version":"v3"},"latencyMs":${String(200 + (n % 900))},"providerRequestId":"chatcmpl-${plan.run}${String(n)}","usage":{"inputTokens":${String(800 + (n % 500))},"outputTokens":${String(50 + (n % 200))},"cacheReadTokens":${String(n % 300)}}}`;
  });
  return `{"calls":[${calls.join(",")}]}`;
}

/** A way in: how a batch is written, and how many of it the answer acknowledges. */
interface Way {
  path: string;
  headers: Record<string, string>;
  body(plan: LoadPlan, first: number, count: number, at: Date): string | Buffer;
  acked(answer: string, count: number): number;
}
const otlp = {
  path: "/v1/traces",
  headers: { "content-type": "application/x-protobuf", "content-encoding": "gzip" },
  // An empty answer: every span was taken.
  acked: (answer: string, count: number) => (answer === "" ? count : 0),
};
const ways = {
  calls: {
    path: "/api/trpc/ingest.calls",
    headers: { "content-type": "application/json" },
    body: (plan, first, count, at) => callsBody(plan, first, count, at.toISOString()),
    acked: (answer) => Number(/"accepted":(\d+)/.exec(answer)?.[1] ?? 0),
  },
  traces: { ...otlp, body: tracesBody },
  spans: { ...otlp, body: spansBody },
} satisfies Record<string, Way>;

function post(agent: Agent, plan: LoadPlan, way: Way, body: string | Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const req = request(
      plan.url + way.path,
      {
        method: "POST",
        agent,
        headers: {
          authorization: `Bearer ${plan.key}`,
          ...way.headers,
          "content-length": Buffer.byteLength(body),
        },
      },
      (res) => {
        let answer = "";
        res.setEncoding("utf8");
        res.on("data", (chunk: string) => (answer += chunk));
        res.on("end", () => resolve(res.statusCode === 200 ? way.acked(answer, plan.batch) : 0));
      },
    );
    req.on("error", reject);
    req.end(body);
  });
}

/** Sends `calls` calls in batches from `clients` clients, each waiting for its acknowledgement before the next. */
export async function load(plan: LoadPlan): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: plan.clients });
  const way: Way = ways[plan.way ?? "calls"];
  const write = (first: number) => way.body(plan, first, plan.batch, new Date());
  const bodies = new Map<number, string | Buffer>();
  for (let first = 0; plan.prepared && first < plan.calls; first += plan.batch)
    bodies.set(first, write(first));
  const latencies: number[] = [];
  let next = 0;
  let acked = 0;
  const started = performance.now();
  const client = async () => {
    while (next < plan.calls) {
      const first = next;
      next += plan.batch;
      const text = bodies.get(first) ?? write(first);
      const sent = performance.now();
      // Not `acked += await …`, which would add to the count of before the wait.
      const accepted = await post(agent, plan, way, text);
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
