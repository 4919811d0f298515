import { createServer } from "node:http";
import { withJobs } from "@/server/db";
import { env } from "@/server/env";
import { handleTrpc } from "@/server/http/trpc";
import { appendSnapshot } from "@/server/prices/append-snapshot";

// The product's own door for tRPC, without the pages behind it: what serves ingest in `npm start`.
await appendSnapshot({ now: new Date() });
await withJobs((db) => db.$executeRaw`SELECT 1`);
const server = createServer((req, res) => void handleTrpc(req, res));
server.keepAliveTimeout = 60_000;
server.listen(env.PORT, env.HOST, () => process.send?.("ready"));
