import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createKey } from "@/server/keys/create";
import { type Door, openDoor } from "../factories/door";
import { contextOf, loadPrices, makeTenant, system } from "../factories/tenant";
import { callText } from "./bad-calls";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

let door: Door;
const keys = { good: "", reader: "", none: "tl_live_nonsense" };
beforeAll(async () => {
  await loadPrices(new Date());
  const ctx = contextOf(await makeTenant(), system, new Date());
  keys.good = (await createKey(ctx, { name: "ingest", scopes: ["ingest"] })).key;
  keys.reader = (await createKey(ctx, { name: "read", scopes: ["read"] })).key;
  door = await openDoor();
});
afterAll(() => door.close());

const anonymous = (text: string): unknown =>
  JSON.parse(text, (name, value: unknown) => (name === "requestId" ? "any" : value));

async function ask(path: string, body: string, key: keyof typeof keys) {
  const headers = { authorization: `Bearer ${keys[key]}`, "content-type": "application/json" };
  const answer = await door.send(path, { method: "POST", headers, body });
  return { status: answer.status, body: anonymous(answer.text) };
}

/** tRPC's own adapter takes a batch of procedures, and the short way of server/http/hot-ingest.ts a single one. */
it.each([
  {
    name: "a call outside the window",
    key: "good",
    input: () => `{"calls":[${callText("old", new Date(0))}]}`,
  },
  { name: "a rejected call", key: "good", input: () => `{"calls":[{"id":"x"}]}` },
  { name: "no calls", key: "good", input: () => `{"calls":[]}` },
  { name: "another shape", key: "good", input: () => `{"call":1}` },
  { name: "a key without the scope", key: "reader", input: () => `{"calls":[{}]}` },
  { name: "a key that is none", key: "none", input: () => `{"calls":[{}]}` },
] as const)("answers alike through both doors: $name", async ({ key, input }) => {
  const body = input();
  const hot = await ask("/api/trpc/ingest.calls", body, key);
  const own = await ask("/api/trpc/ingest.calls?batch=1", `{"0":${body}}`, key);
  expect({ status: own.status, body: [hot.body] }).toEqual({ status: hot.status, body: own.body });
});
