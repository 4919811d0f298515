import { spawn } from "node:child_process";
import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { ReserveInput, SettleInput } from "@/server/gate/schemas";
import { root } from "@/server/launch/root";
import { makeTemporaryFolder } from "@/tests/setup/temporary-folder";
import { reserveSnippet } from "./reserve-snippet";

const folder = makeTemporaryFolder("reserve");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the snippet against a gate that decides so. */
async function heardWith(outcome: "allow" | "deny") {
  const heard: { path: string; key: string; body: unknown }[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
      heard.push({ path: req.url ?? "", key: req.headers.authorization ?? "", body });
      const data = { outcome, reasons: [], message: "Too much.", whenUnreachable: "open" };
      res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ result: { data } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  copyFileSync(join(root, "public/client/tokenledger.js"), join(folder, "tokenledger.js"));
  const file = join(folder, "app.mjs");
  writeFileSync(file, reserveSnippet(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`));
  const env: Record<string, string> = { TOKENLEDGER_KEY: "tl_live_abc" };
  const child = spawn(process.execPath, [file], { stdio: "ignore", env: env as NodeJS.ProcessEnv });
  const code = await new Promise((resolve) => child.on("close", resolve));
  server.close();
  expect(code).toBe(0);
  return heard;
}

it("asks the gate, and settles what it allowed", async () => {
  const heard = await heardWith("allow");
  expect(heard).toMatchObject([
    { path: "/api/trpc/gate.reserve", key: "Bearer tl_live_abc" },
    { path: "/api/trpc/gate.settle", key: "Bearer tl_live_abc" },
  ]);
  const [reserved, settled] = [ReserveInput.parse(heard[0]?.body), SettleInput.parse(heard[1]?.body)];
  expect(reserved).toMatchObject({ feature: "chat", estimate: { model: "gpt-4o" } });
  expect(settled).toMatchObject({ key: reserved.key, actual: { model: "gpt-4o", usage: { outputTokens: 240 } } });
}); // prettier-ignore

it("settles nothing that it was refused", async () => {
  expect((await heardWith("deny")).map(({ path }) => path)).toEqual(["/api/trpc/gate.reserve"]);
});
