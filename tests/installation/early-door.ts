import { createServer } from "node:http";
import { recordCalls } from "@/server/calls/record";
import type { RecordCallsInput } from "@/server/calls/schemas";
import { env } from "@/server/env";
import { createContext } from "@/server/context";
import { verifyKey } from "@/server/keys/verify";
import { appendSnapshot } from "@/server/prices/append-snapshot";

// Mutation control: answers first and stores afterwards, as systems do that lose acknowledged events.
await appendSnapshot({ now: new Date() });
const server = createServer((req, res) => {
  let text = "";
  req.on("data", (chunk: Buffer) => (text += chunk.toString()));
  req.on("end", () => {
    const input = JSON.parse(text) as RecordCallsInput;
    res.writeHead(200, { "content-type": "application/json" });
    res.end(JSON.stringify({ result: { data: { accepted: input.calls.length, duplicates: 0 } } }));
    void (async () => {
      const now = new Date();
      const key = await verifyKey((req.headers.authorization ?? "").slice("Bearer ".length), now);
      if (!key) return;
      const { tenant, keyId, scopes, pins } = key;
      await recordCalls(createContext({ tenant, actor: { kind: "key", keyId, scopes, pins }, now }), input, {
        source: "api",
      });
    })().catch(() => undefined);
  });
});
server.listen(env.PORT, env.HOST, () => process.send?.("ready"));
