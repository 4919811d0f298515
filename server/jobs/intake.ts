import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { z } from "zod";
import { headers, type JobEvent, SentEvent } from "./protocol";

/** What the SDK's `send` expects back; it tries again unless the status is 200. */
interface Reply {
  status: number;
  ids: string[];
  error?: string;
}

export interface IntakeOptions {
  /** INNGEST_BASE_URL: where the SDK sends events to. */
  url: string;
  eventKey: string;
  /** Answered to the sender only once it has resolved, so an acknowledged event is stored. */
  accept(events: JobEvent[]): Promise<void>;
  now(): Date;
}

const bodyLimitBytes = 4 * 1024 * 1024;
const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * The event API that `inngest.send` talks to: POST /e/<event key>, on this machine's loopback only.
 * @throws Error when the address is not a loopback one, or is taken
 */
export async function startIntake(options: IntakeOptions): Promise<{ close(): Promise<void> }> {
  const { hostname, port } = new URL(options.url);
  if (!loopback.has(hostname) || port === "") {
    throw new Error(
      `INNGEST_BASE_URL is ${options.url}; with the embedded job runner it must be a loopback address with a port.`,
    );
  }
  const server = createServer((request, response) => {
    void reply(request, options).then((answer) => {
      response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await listen(server, hostname.replace(/[[\]]/g, ""), Number(port));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

async function reply(request: IncomingMessage, options: IntakeOptions): Promise<Reply> {
  const refuse = (status: number, error: string): Reply => ({ status, ids: [], error });
  if (request.method !== "POST" || !hasKey(request.url ?? "", options.eventKey))
    return refuse(404, "Event key not found");
  try {
    const text = await readBody(request);
    if (text === null) return refuse(413, "Event payload too large");
    const sent = parseEvents(text);
    if (!sent) return refuse(400, "Cannot process event payload");
    const seed = request.headers[headers.eventIdSeed];
    const events = withIds(sent, typeof seed === "string" ? seed : null, options.now());
    await options.accept(events);
    return { status: 200, ids: events.map(({ id }) => id) };
  } catch (error) {
    return refuse(503, error instanceof Error ? error.message : "The job runner is not ready");
  }
}

function hasKey(path: string, eventKey: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(path), digest(`/e/${eventKey}`));
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyLimitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseEvents(text: string): SentEvent[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = z.array(SentEvent).safeParse(Array.isArray(value) ? value : [value]);
  // Names under inngest/ are the runner's own: a function that failed, a cron that ticked.
  return parsed.success && parsed.data.every(({ name }) => !name.startsWith("inngest/")) ? parsed.data : null;
}

/** An event without an id gets one from the seed, which stays the same when the SDK repeats a request that failed. */
function withIds(sent: SentEvent[], seed: string | null, now: Date): JobEvent[] {
  const base = seed ?? `${now.toISOString()} ${JSON.stringify(sent)}`;
  return sent.map(({ id, ts, ...event }, index) => ({
    ...event,
    id: id
      ? id
      : createHash("sha256")
          .update(`${base} ${String(index)}`)
          .digest("hex")
          .slice(0, 32),
    ts: ts ?? now.getTime(),
  }));
}
