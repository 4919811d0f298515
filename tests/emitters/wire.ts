import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it was on the wire, and what was answered. */
export interface Sent {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  status: number;
  answer: Buffer;
}

export interface Wire {
  /** What an emitter takes for the product. */
  url: string;
  sent: Sent[];
  stop(): Promise<void>;
}

/**
 * Stands between an emitter and the product and keeps every request to be looked at or sent again. Without a product
 * it answers as one that took everything.
 */
export async function startWire(productUrl?: string): Promise<Wire> {
  const sent: Sent[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      const request = { path: req.url ?? "/", headers: req.headers, body: Buffer.concat(chunks) };
      pass(request, productUrl).then(
        (whole) => {
          sent.push(whole);
          reply(res, whole);
        },
        (error: unknown) => res.writeHead(502).end(String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    sent,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Sends a request to the product byte by byte as it was sent the first time. */
export function sendAgain(request: Sent, productUrl: string): Promise<Sent> {
  return pass(request, productUrl);
}

async function pass(
  { path, headers, body }: Pick<Sent, "path" | "headers" | "body">,
  productUrl: string | undefined,
): Promise<Sent> {
  if (productUrl === undefined) {
    const isJson = headers["content-type"] === "application/json";
    return { path, headers, body, status: 200, answer: Buffer.from(isJson ? "{}" : "") };
  }
  const answer = await fetch(productUrl + path, {
    method: "POST",
    headers: passedOn(headers),
    body: new Uint8Array(body),
  });
  return { path, headers, body, status: answer.status, answer: Buffer.from(await answer.arrayBuffer()) };
}

// Of the connection, not of the request: fetch sets its own.
const hops = new Set(["host", "connection", "content-length", "transfer-encoding", "keep-alive", "expect"]);

function passedOn(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" && !hops.has(name) ? [[name, value]] : [],
    ),
  );
}

function reply(res: ServerResponse, { headers, status, answer }: Sent): void {
  res.writeHead(status, { "content-type": headers["content-type"] ?? "application/json" });
  res.end(answer);
}
