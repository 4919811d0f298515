import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import next from "next";
import pino from "pino";
import { clientAddress } from "@/server/auth/client-address";
import { env } from "@/server/env";
import { portError } from "@/server/launch/ports";
import { root } from "@/server/launch/root";
import { doorOf } from "./doors";
import { answerHealth } from "./health";
import { staticFiles } from "./static-files";
import { handleTrpc, trpcPrefix } from "./trpc";

export interface HttpServer {
  url: string;
  /** Takes no new connection, lets requests under way finish, then frees everything. */
  close(): Promise<void>;
}

export interface ServeOptions {
  port: number;
  host: string;
  /** Off: tRPC and health checks alone, without Next. */
  pages?: boolean;
}

type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

const finishWithinMs = 10_000;

/** One Node server for all: tRPC answered directly, health checks, and Next for the rest. */
export async function startHttpServer({ port, host, pages = true }: ServeOptions): Promise<HttpServer> {
  const log = pino({ name: "http", level: env.LOG_LEVEL }, pino.destination(2));
  const app = pages ? next({ dev: false, dir: root, port, hostname: "localhost" }) : undefined;
  await app?.prepare();
  const web: Handler = app?.getRequestHandler() ?? answerNotFound;
  const answerStatic = app ? staticFiles() : undefined;
  let isClosing = false;

  const route: Handler = async (req, res) => {
    const path = (req.url ?? "/").split("?")[0] ?? "/";
    if (isClosing) res.setHeader("connection", "close");
    // Whatever the sender claimed: what stands behind us may rely on this header.
    req.headers["x-forwarded-for"] = clientAddress(req.socket.remoteAddress, req.headers["x-forwarded-for"]);
    // For pages that send people to sign in and want them back: Next tells a layout no path.
    req.headers["x-request-path"] = req.url ?? "/";
    if (path.startsWith(trpcPrefix)) return handleTrpc(req, res);
    const door = doorOf(path);
    if (door) return door(req, res);
    if (path === "/health/live" || path === "/health/ready") return answerHealth(path, res, isClosing);
    if (await answerStatic?.(path, req, res)) return;
    return web(req, res);
  };
  const server = createServer((req, res) => {
    route(req, res).catch((error: unknown) => {
      log.error({ err: error, method: req.method }, "A request failed outside every handler.");
      if (!res.headersSent) res.writeHead(500, { "content-type": "application/json" });
      res.end();
    });
  });
  // Longer than the idle time of usual load balancers, which would else send into a closing connection.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  await listen(server, port, host);
  return {
    url: `http://localhost:${port}`,
    async close() {
      isClosing = true;
      await closeGently(server);
      await app?.close();
    },
  };
}

const answerNotFound: Handler = (_req, res) => {
  res.writeHead(404).end();
  return Promise.resolve();
};

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      reject(portError(error, port));
    });
    server.listen(port, host, () => {
      resolve();
    });
  });
}

function closeGently(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A kept-alive connection becomes idle only after its last answer, so look again.
    const sweep = setInterval(() => {
      server.closeIdleConnections();
    }, 100);
    const giveUp = setTimeout(() => {
      server.closeAllConnections();
    }, finishWithinMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(giveUp);
      resolve();
    });
  });
}
