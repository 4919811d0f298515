import { env } from "@/server/env";
import { startHttpServer } from "@/server/http/serve";
import { appendSnapshot } from "@/server/prices/append-snapshot";

// The web server of `npm start` without its pages, for tests that kill it and benchmarks that load it.
await appendSnapshot({ now: new Date() });
await startHttpServer({ port: env.PORT, host: env.HOST, pages: false });
process.send?.("ready");
