import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { forgetPolicy } from "@/server/attribution/tenant-policy";
import * as recording from "@/server/calls/record";
import { settleCalls } from "@/server/calls/settle";
import type { Tenant } from "@/server/context";
import { DomainError } from "@/server/errors";
import { createKey } from "@/server/keys/create";
import { type Door, openDoor } from "../factories/door";
import { asAdmin, contextOf, loadPrices, makeTenant, system } from "../factories/tenant";
import { fromProtobuf, requestBody, spanBody, type SpanOf, toProtobuf } from "./bodies";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

const keys = { ingest: "", read: "", pinned: "" };
let tenant: Tenant;
let door: Door;
beforeAll(async () => {
  await loadPrices(new Date());
  tenant = await makeTenant();
  const ctx = contextOf(tenant, system, new Date());
  keys.ingest = (await createKey(ctx, { name: "ingest", scopes: ["ingest"] })).key;
  keys.read = (await createKey(ctx, { name: "read", scopes: ["read"] })).key;
  keys.pinned = (await createKey(ctx, { name: "pinned", scopes: ["ingest"], pins: { environment: "production" } })).key; // prettier-ignore
  door = await openDoor();
});
afterAll(() => door.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await asAdmin("TRUNCATE call, call_seen, call_linked, call_quarantine, trace_span, settle_mark, rollup_dirty");
}); // prettier-ignore

const json = "application/json";
const protobuf = "application/x-protobuf";
const bearer = () => ({ authorization: `Bearer ${keys.ingest}` });
const usage = { "gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 100 };
const chat = {
  "gen_ai.operation.name": "chat",
  "gen_ai.provider.name": "openai",
  "gen_ai.request.model": "gpt-4o",
};
const chatSpan = (more: SpanOf = {}) =>
  spanBody({ ...more, attributes: { ...chat, ...usage, ...more.attributes } });

interface Sending {
  type?: string;
  headers?: Record<string, string>;
  path?: string;
}
function post(body: string | Buffer, { type = json, headers = bearer(), path = "/v1/traces" }: Sending = {}) {
  return door.send(path, { method: "POST", headers: { "content-type": type, ...headers }, body });
}
const send = (spans: readonly object[], sending: Sending = {}) =>
  post(
    sending.type === protobuf
      ? toProtobuf("Request", requestBody(spans))
      : JSON.stringify(requestBody(spans)),
    sending,
  );
const ledger = (columns = "feature, user_id") => asAdmin(`SELECT ${columns} FROM call ORDER BY call_id`);
const stored = async () => (await asAdmin<{ n: string }>("SELECT (SELECT count(*) FROM call) + (SELECT count(*) FROM call_quarantine) + (SELECT count(*) FROM trace_span) AS n"))[0]?.n; // prettier-ignore

describe("answers of the OTLP door", () => {
  it("takes JSON and protobuf, plain and gzip, on both paths, and answers in the request's type", async () => {
    for (const path of ["/v1/traces", "/api/public/otel/v1/traces"]) {
      const inJson = await send([chatSpan()], { path });
      expect([inJson.status, inJson.headers["content-type"], inJson.text]).toEqual([200, json, "{}"]);
      const binary = toProtobuf("Request", requestBody([chatSpan()]));
      for (const [body, encoding] of [[binary, "identity"], [gzipSync(binary), "gzip"]] as const) {
        const answer = await post(body, { type: protobuf, path, headers: { ...bearer(), "content-encoding": encoding } });
        expect([answer.status, answer.headers["content-type"], answer.bytes.length]).toEqual([200, protobuf, 0]);
      }
      const compressed = gzipSync(JSON.stringify(requestBody([chatSpan()])));
      expect((await post(compressed, { path, type: "application/json; charset=utf-8", headers: { ...bearer(), "content-encoding": "gzip" } })).text).toBe("{}");
    }
    const rows = await ledger("provider, model, cost_usd::text AS cost, source, latency_ms");
    expect(rows).toEqual(Array.from({ length: 6 }, () => ({ provider: "openai", model: "gpt-4o", cost: "0.003500000000000000", source: "otlp", latency_ms: 100 })));
  }); // prettier-ignore

  it("takes empty requests, and other signals for nothing", async () => {
    expect((await post("{}")).text).toBe("{}");
    expect((await post("", { type: protobuf })).status).toBe(200);
    for (const signal of ["metrics", "logs"]) {
      for (const base of ["/v1", "/api/public/otel/v1"]) {
        const path = `${base}/${signal}`;
        const body = signal === "metrics" ? '{"resourceMetrics":[]}' : '{"resourceLogs":[{}]}';
        const answer = await post(body, { path });
        expect([answer.status, answer.text]).toEqual([200, "{}"]);
        const binary = await post(Buffer.from("anything"), { path, type: protobuf });
        expect([binary.status, binary.bytes.length]).toEqual([200, 0]);
        expect((await post(body, { path, headers: {} })).status).toBe(401);
        expect((await door.send(path, { headers: bearer() })).status).toBe(405);
      }
    }
    expect(await stored()).toBe("0");
  });

  it("knows a key as bearer, in either half of Basic, and as x-api-key", async () => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    const good: Record<string, string>[] = [bearer(), basic(`pk-lf-1:${keys.ingest}`), basic(`${keys.ingest}:sk-lf-1`), { "x-api-key": keys.ingest }];
    for (const headers of good) expect((await send([chatSpan()], { headers })).status).toBe(200);
    expect((await ledger()).length).toBe(good.length);
    const none: Record<string, string>[] = [{}, basic("pk:sk"), { authorization: "Bearer tl_live_x" }, { authorization: `Bearer ${keys.ingest}x` }, { "x-api-key": "x" }];
    for (const headers of none) expect((await send([chatSpan()], { headers })).status).toBe(401);
    expect((await send([chatSpan()], { headers: { authorization: `Bearer ${keys.read}` } })).status).toBe(403);
  }); // prettier-ignore

  const refusals: [string, number, Sending & { body?: string | Buffer; method?: string }][] = [
    ["a form", 415, { type: "application/x-www-form-urlencoded" }],
    ["no type", 415, { type: "" }],
    ["another encoding", 415, { headers: { "content-encoding": "zstd" } }],
    ["gzip that is none", 400, { headers: { "content-encoding": "gzip" }, body: "{}" }],
    ["bad JSON", 400, { body: "{" }],
    ["no key", 401, { headers: { authorization: "" } }],
    ["GET", 405, { method: "GET" }],
    ["PUT", 405, { method: "PUT" }],
  ];
  it.each(refusals)("refuses %s with %i, as a google.rpc.Status", async (_, status, { body, method = "POST", ...sending }) => {
    for (const type of status === 415 && sending.type !== undefined ? [sending.type] : [json, protobuf]) {
      const headers = { "content-type": type, ...bearer(), ...sending.headers };
      const answer = await door.send("/v1/traces", { method, headers, body: method === "GET" ? undefined : (body ?? "{}") });
      expect(answer.status, answer.text).toBe(status);
      const isBinary = answer.headers["content-type"] === protobuf;
      expect(isBinary).toBe(type === protobuf);
      const refusal = isBinary ? fromProtobuf("RpcStatus", answer.bytes) : (JSON.parse(answer.text) as unknown);
      expect(refusal).toEqual({ code: expect.any(Number) as number, message: expect.any(String) as string });
      if (status === 405) expect(answer.headers.allow).toBe("POST");
    }
  }); // prettier-ignore

  it("refuses what is too large, packed or unpacked, and bombs", async () => {
    const sixteen = 16 * 1024 * 1024;
    expect((await post(Buffer.alloc(sixteen + 1, 0x20))).status).toBe(413);
    const headers = { ...bearer(), "content-encoding": "gzip" };
    const bomb = gzipSync(Buffer.alloc(4 * sixteen + 1, 0x20));
    expect(bomb.length).toBeLessThan(100_000);
    expect((await post(bomb, { headers })).status).toBe(413);
    // As large as is allowed, and then no JSON.
    expect((await post(gzipSync(Buffer.alloc(4 * sixteen, 0x20)), { headers })).status).toBe(400);
  });

  it("says what it did not take, in both types, and takes the rest", async () => {
    for (const type of [json, protobuf]) {
      const spans = [
        chatSpan({ attributes: { feature: type } }), { ...chatSpan(), traceId: "" }, { ...chatSpan(), traceId: "" }, chatSpan({ attributes: { "gen_ai.usage.input_tokens": -1 } }),
        chatSpan({ startMs: Date.now() - 40 * 86_400_000 }),
      ];
      const answer = await send(spans, { type });
      expect(answer.status).toBe(200);
      const said = type === json ? (JSON.parse(answer.text) as unknown) : fromProtobuf("Response", answer.bytes);
      expect(said).toEqual({
        partialSuccess: {
          rejectedSpans: "4",
          errorMessage: "2 × no valid trace id (an OTLP body of logs or metrics?); 1 × usage.inputTokens must not be negative; 1 × occurredAt is more than 35 days ago; bring history in through the importer",
        },
      });
    }
    expect((await ledger()).map(({ feature }) => feature).sort()).toEqual([json, protobuf]);
    // What has a name of its own is kept for people to see: no exporter reads the answer (reliability P25).
    expect(await asAdmin("SELECT code, count(*)::int AS n FROM call_quarantine GROUP BY code ORDER BY code")).toEqual([{ code: "INVALID", n: 2 }, { code: "TOO_OLD", n: 2 }]);
  }); // prettier-ignore

  it("warns of tags that it left out", async () => {
    const answer = await send([chatSpan({ attributes: { feature: "x".repeat(300), "user.id": "ada" } })]);
    expect(JSON.parse(answer.text)).toMatchObject({ partialSuccess: { rejectedSpans: "0", errorMessage: expect.stringContaining("1 × feature") as string } }); // prettier-ignore
    expect(await ledger()).toEqual([{ feature: null, user_id: "ada" }]);
  });

  it("answers 503 or 429 with a time to come back, never 500", async () => {
    const record = vi.spyOn(recording, "recordCalls");
    record.mockRejectedValueOnce(new DomainError("UNAVAILABLE", "The database is not answering."));
    const away = await send([chatSpan()]);
    expect([away.status, away.headers["retry-after"]]).toEqual([503, "5"]);
    record.mockRejectedValueOnce(new DomainError("RATE_LIMITED", "Slow down.", { retryAfterSeconds: 7 }));
    const busy = await send([chatSpan()], { type: protobuf });
    expect([busy.status, busy.headers["retry-after"]]).toEqual([429, "7"]);
    record.mockRejectedValueOnce(new TypeError("x is not a function at /secret/path.ts:1"));
    const ours = await send([chatSpan()]);
    expect([ours.status, ours.headers["retry-after"], ours.text.includes("secret")]).toEqual([
      503,
      "5",
      false,
    ]);
    expect(await stored()).toBe("0");
  });
});

describe("what becomes of spans", () => {
  const traceId = "5b8aa5a2d2c872e8321cf37308d69df2";
  const ids = { root: "051581bf3cb55c13", one: "ab1581bf3cb55c13", two: "cd1581bf3cb55c13" };
  const root = () => spanBody({ traceId, spanId: ids.root, attributes: { "gen_ai.operation.name": "invoke_agent", "gen_ai.request.model": "gpt-4o", ...usage, feature: "agent", "user.id": "ada" } }); // prettier-ignore
  const children = () =>
    [ids.one, ids.two].map((spanId) => chatSpan({ traceId, spanId, parentSpanId: ids.root }));
  const settled = [
    { feature: "agent", user_id: "ada" },
    { feature: "agent", user_id: "ada" },
  ];

  it("counts an agent's calls once, under the agent's tags", async () => {
    expect((await send([...children(), root()])).text).toBe("{}");
    expect(await ledger()).toEqual(settled);
  });

  it.each([
    ["the parent later", () => [children(), [root()]]],
    ["the parent first", () => [[root()], children()]],
    ["one by one", () => [[children()[0]], [root()], [children()[1]]]],
  ])("comes to the same with %s, once the trace has settled", async (_, requests) => {
    for (const spans of requests()) expect((await send(spans as object[])).text).toBe("{}");
    await settleCalls(contextOf(tenant, system, new Date()));
    expect(await ledger()).toEqual(settled);
    expect(await asAdmin("SELECT count(*)::int AS n FROM call")).toEqual([{ n: 2 }]);
  });

  it("takes the same request twice as once", async () => {
    const body = [...children(), root()];
    for (let n = 0; n < 3; n += 1) expect((await send(body)).text).toBe("{}");
    expect((await ledger()).length).toBe(2);
    expect(await asAdmin("SELECT count(*)::int AS n FROM call_quarantine")).toEqual([{ n: 0 }]);
  });

  it("takes 2,500 spans at once", async () => {
    const spans = Array.from({ length: 2_500 }, (_, n) => chatSpan({ traceId, spanId: (n + 1).toString(16).padStart(16, "0"), parentSpanId: ids.root })); // prettier-ignore
    expect((await send(spans, { type: protobuf })).bytes.length).toBe(0);
    expect(await asAdmin("SELECT (SELECT count(*) FROM call)::int AS calls, (SELECT count(*) FROM trace_span)::int AS spans")).toEqual([{ calls: 2_500, spans: 2_500 }]); // prettier-ignore
  });

  it("answers 503 when a later portion fails, and loses nothing when all is sent again", async () => {
    const spans = Array.from({ length: 1_500 }, () => chatSpan());
    const record = recording.recordCalls;
    vi.spyOn(recording, "recordCalls")
      .mockImplementationOnce((...given) => record(...given))
      .mockRejectedValueOnce(new DomainError("UNAVAILABLE", "away"));
    expect((await send(spans)).status).toBe(503);
    expect((await ledger()).length).toBe(1_000);
    expect((await send(spans)).text).toBe("{}");
    expect((await ledger()).length).toBe(1_500);
  });

  it("does not let a span undo what the key pins, not even a late parent", async () => {
    const headers = { authorization: `Bearer ${keys.pinned}` };
    const attributes = { "deployment.environment.name": "staging" };
    const [one] = children();
    await send([{ ...one, attributes: chatSpan({ attributes }).attributes }], { headers });
    await send([spanBody({ traceId, spanId: ids.root, attributes: { ...attributes, feature: "agent" } })]);
    await settleCalls(contextOf(tenant, system, new Date()));
    expect(await ledger("environment, feature")).toEqual([{ environment: "production", feature: "agent" }]);
  });

  it("keeps users under their pseudonyms, in calls and spans, and nobody's words anywhere", async () => {
    await asAdmin("INSERT INTO tenant_policy (tenant_id, revision, tag_policy, attribute_map, pseudonymise, pseudonym_salt, updated_at) VALUES ($1, 1, '{}', '{}', true, $2, now())", [tenant.id, Buffer.alloc(32, 7)]);
    forgetPolicy(tenant.id);
    const words = { "gen_ai.input.messages": "CANARY", "gen_ai.prompt.0.content": "CANARY", "ai.prompt": "CANARY", "langfuse.observation.input": "CANARY", "acme.free": "CANARY" };
    const events = [{ name: "gen_ai.user.message", timeUnixNano: "1795218713388000000", attributes: [{ key: "content", value: { stringValue: "CANARY" } }] }];
    const parent = spanBody({ traceId, spanId: ids.root, attributes: { "user.id": "ada@example.com", ...words } });
    const spans = [{ ...chatSpan({ traceId, spanId: ids.one, parentSpanId: ids.root, attributes: words }), events }, { ...parent, events }, { ...chatSpan({ attributes: { ...words, "gen_ai.usage.input_tokens": -1, "user.id": "ada@example.com" } }), events }];
    for (const type of [json, protobuf]) expect((await send(spans, { type })).status).toBe(200);
    await settleCalls(contextOf(tenant, system, new Date()));
    expect(await ledger("user_id")).toEqual([{ user_id: expect.stringMatching(/^u_[\w-]{22}$/) as string }]);
    const everything = JSON.stringify(await asAdmin("SELECT to_jsonb(c) AS row FROM call c UNION ALL SELECT to_jsonb(s) FROM trace_span s UNION ALL SELECT to_jsonb(q) FROM call_quarantine q"));
    expect(everything).toContain("u_");
    expect(everything).not.toMatch(/CANARY|ada@example/);
  }); // prettier-ignore
});
