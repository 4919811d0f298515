import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort } from "@/server/launch/ports";
import { setEnvironment } from "@/tests/mocks/environment";
import { testDatabase } from "../setup/database";
import { fromProtobuf, requestBody, spanBody, toProtobuf } from "./bodies";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

/** Nobody listens there: calls can be told from strangers, but not stored. */
const ingestUrl = new URL(testDatabase().urls.DATABASE_INGEST_URL);
ingestUrl.port = String(await freePort());
setEnvironment({ DATABASE_INGEST_URL: ingestUrl.toString() });

const { openDoor } = await import("../factories/door");
const { createKey } = await import("@/server/keys/create");
const { contextOf, makeTenant, system } = await import("../factories/tenant");

let door: Awaited<ReturnType<typeof openDoor>>;
let key: string;
beforeAll(async () => {
  const ctx = contextOf(await makeTenant(), system, new Date());
  key = (await createKey(ctx, { name: "ingest", scopes: ["ingest"] })).key;
  door = await openDoor();
});
afterAll(() => door.close());

const attributes = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o", "gen_ai.usage.input_tokens": 1 }; // prettier-ignore
const body = requestBody([spanBody({ attributes })]);
const bodies: Record<string, string | Buffer> = {
  "application/json": JSON.stringify(body),
  "application/x-protobuf": toProtobuf("Request", body),
};

describe("while the database is away", () => {
  it.each(Object.entries(bodies))("spans in %s are to be sent again, soon", async (type, sent) => {
    const started = performance.now();
    const answer = await door.send("/v1/traces", { method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": type }, body: sent }); // prettier-ignore
    expect([answer.status, answer.headers["retry-after"], answer.headers["content-type"]]).toEqual([503, "5", type]); // prettier-ignore
    const status = type === "application/json" ? (JSON.parse(answer.text) as unknown) : fromProtobuf("RpcStatus", answer.bytes); // prettier-ignore
    expect(status).toEqual({ code: 14, message: "The database is not answering; please try again." });
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
