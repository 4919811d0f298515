import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort } from "@/server/launch/ports";
import { startDevServer } from "./dev-server";

const binary = fileURLToPath(new URL("stand-in.mjs", import.meta.url));
/** An app that has as many functions as it was asked before, up to three. */
let asked = 0;
const app = createServer((_request, response) => {
  asked = Math.min(3, asked + 1);
  response.end(JSON.stringify(Array.from({ length: asked }, (_, n) => ({ slug: String(n) }))));
});
beforeAll(() => new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve)));
afterAll(() => app.close());
const options = async (path = "") => ({
  binary,
  appUrl: `http://127.0.0.1:${String((app.address() as AddressInfo).port)}/api/inngest${path}`,
  port: await freePort(),
  gatewayPort: await freePort(),
});

it("counts as started once it knows every function, and ends when told", async () => {
  const server = await startDevServer({ ...(await options()), functions: 3 });
  expect(asked).toBe(3);
  expect((await fetch(`${server.url}/dev`)).status).toBe(200);
  await server.stop();
  await expect(fetch(`${server.url}/dev`)).rejects.toThrow();
});

it("tells what it printed when it does not come up", async () => {
  const started = startDevServer({ ...(await options("/broken")), functions: 1 });
  await expect(started).rejects.toThrow(/It ended \(3\):\nport is taken/);
});

it("gives up on functions that it never comes to know, and leaves nothing behind", async () => {
  const asking = await options();
  const started = startDevServer({ ...asking, functions: 4, patienceMs: 1_500 });
  await expect(started).rejects.toThrow("It knows 3 of 4 functions");
  await expect(fetch(`http://127.0.0.1:${String(asking.port)}/dev`)).rejects.toThrow();
});

it("says so when the program cannot be run", async () => {
  const started = startDevServer({ ...(await options()), binary: "/nowhere/inngest", functions: 1 });
  await expect(started).rejects.toThrow(/It could not be started \(.*ENOENT/);
});
