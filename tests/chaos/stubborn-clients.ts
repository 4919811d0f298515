import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

export interface StubbornPlan {
  url: string;
  key: string;
  clients: number;
  batch: number;
  /** Clients stop taking new batches once this many events are acknowledged. */
  untilAcked: number;
  /** Prefix of the ids. */
  run: string;
}

export interface Acked {
  ids: Set<string>;
  retries: number;
  /** When the newest acknowledgement came, in performance.now() ms. */
  lastAckMs: number;
}

interface Answer {
  status: number;
  body: string;
}

function post(agent: Agent, plan: StubbornPlan, text: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${plan.key}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    };
    const req = request(
      `${plan.url}/api/trpc/ingest.calls`,
      { method: "POST", agent, headers, timeout: 8_000 },
      (res) => {
        let body = "";
        res.setEncoding("utf8");
        res.on("data", (chunk: string) => (body += chunk));
        res.on("end", () => resolve({ status: res.statusCode ?? 0, body }));
        res.on("error", reject);
      },
    );
    req.on("timeout", () => req.destroy(new Error("timed out")));
    req.on("error", reject);
    req.end(text);
  });
}

/** Whether the answer acknowledges all events of a batch, as new or as known. */
function acknowledges(answer: Answer, batch: number): boolean {
  if (answer.status !== 200) return false;
  const { result } = JSON.parse(answer.body) as {
    result: { data: { accepted: number; duplicates: number } };
  };
  return result.data.accepted + result.data.duplicates === batch;
}

/**
 * Clients that send batches and, whatever goes wrong, send the same batch again until it is acknowledged.
 * `seen` is updated as acknowledgements come in, so that a tester can act at a certain count.
 */
export async function sendStubbornly(
  plan: StubbornPlan,
  seen: Acked,
  onAck: (total: number) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: plan.clients });
  let next = 0;
  const client = async () => {
    while (seen.ids.size < plan.untilAcked) {
      const ids = Array.from({ length: plan.batch }, () => `${plan.run}-${String(next++)}`);
      const occurredAt = new Date().toISOString();
      const calls = ids.map((id) => ({
        id,
        occurredAt,
        provider: "openai",
        model: "gpt-4o-mini",
        feature: "chaos",
        usage: { inputTokens: 100, outputTokens: 10 },
      }));
      const text = JSON.stringify({ calls });
      for (;;) {
        const answer = await post(agent, plan, text).catch(() => null);
        if (answer && acknowledges(answer, plan.batch)) break;
        seen.retries += 1;
        await pause(20);
      }
      for (const id of ids) seen.ids.add(id);
      seen.lastAckMs = performance.now();
      onAck(seen.ids.size);
    }
  };
  await Promise.all(Array.from({ length: plan.clients }, client));
  agent.destroy();
}
