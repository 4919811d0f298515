import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent } from "node:http";
import { encode } from "next-auth/jwt";
import { env } from "@/server/env";
import { doorOf } from "@/server/http/doors";
import { handleTrpc } from "@/server/http/trpc";

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  bytes: Buffer;
}

export interface Question {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** The real HTTP door of the API, in this process. What escapes it shows as status 599. */
export async function openDoor() {
  const server = createServer((req, res) => {
    const handle = doorOf((req.url ?? "").split("?")[0] ?? "") ?? handleTrpc;
    handle(req, res).catch(() => {
      if (!res.headersSent) res.writeHead(599);
      res.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });

  function send(path: string, { method = "GET", headers = {}, body }: Question = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
      const sent = request(
        { port, host: "127.0.0.1", path, method, agent, headers: { ...headers, ...length } },
        (res) => {
          const chunks: Buffer[] = [];
          res.on("data", (chunk: Buffer) => chunks.push(chunk));
          res.on("error", reject);
          res.on("end", () => {
            const bytes = Buffer.concat(chunks);
            resolve({ status: res.statusCode ?? 0, headers: res.headers, text: bytes.toString(), bytes });
          });
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  }
  return {
    send,
    query: (name: string, input: unknown, headers: Record<string, string>) =>
      send(
        `/api/trpc/${name}${input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`}`,
        { headers },
      ),
    mutate: (name: string, input: unknown, headers: Record<string, string>) =>
      send(`/api/trpc/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: input === undefined ? "" : JSON.stringify(input),
      }),
    close: () =>
      new Promise<void>((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
export type Door = Awaited<ReturnType<typeof openDoor>>;

/** The Cookie header of a browser in which this person has signed in. */
export async function cookieOf(personId: string, sessionVersion = 1): Promise<string> {
  const token = await encode({ token: { personId, sessionVersion }, secret: env.NEXTAUTH_SECRET });
  return `next-auth.session-token=${token}`;
}
