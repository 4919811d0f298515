import { gunzipSync } from "node:zlib";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { createKey } from "@/server/keys/create";
import { rollUp } from "@/server/rollups/roll-up";
import { type Door, openDoor } from "../factories/door";
import { asAdmin, contextOf, loadPrices, makeTenant, system } from "../factories/tenant";
import { testDatabase } from "../setup/database";
import { parseExposition } from "./parse-exposition";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

const openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const text = "text/plain; version=0.0.4; charset=utf-8";
const person = "canary-person-4711";
const prompt = "canary-prompt-4711";

let door: Door;
let tenant: Tenant;
let key: { authorization: string };
const job = () => contextOf(tenant, system, new Date());
beforeAll(async () => {
  await loadPrices(new Date());
  tenant = await makeTenant();
  key = {
    authorization: `Bearer ${(await createKey(job(), { name: "prometheus", scopes: ["read"] })).key}`,
  };
  door = await openDoor();
  const call = (id: string, more: object) => ({ id, occurredAt: new Date(Date.now() - 60_000).toISOString(), userId: person, accountId: person, prompt: { id: prompt, version: prompt }, tags: { who: person }, route: person, ...more }); // prettier-ignore
  const answer = await recordCalls(
    job(),
    {
      calls: [
        call("a", { model: "gpt-4o", feature: 'the "best"\n\\ feature', team: "core", environment: "prod", usage: { inputTokens: 1000, outputTokens: 100, cacheReadTokens: 400, reasoningTokens: 40 } }),
        call("b", { model: "gpt-4o", feature: 'the "best"\n\\ feature', team: "core", environment: "prod", errorClass: "timeout", usage: { inputTokens: 0, outputTokens: 0 } }),
        call("c", { model: "unheard-of", provider: "nobody", usage: { inputTokens: 7, outputTokens: 1 } }),
      ],
    },
    { source: "test" },
  ); // prettier-ignore
  expect(answer.rejected).toEqual([]);
  await rollUp(job());
});
afterAll(() => door.close());
const get = (headers: Record<string, string> = {}) => door.send("/metrics", { headers: { ...key, ...headers } }); // prettier-ignore

it("says what was called and what it cost", async () => {
  const answer = await get({ accept: "text/plain" });
  expect(answer.status, answer.text).toBe(200);
  const lines = answer.text
    .split("\n")
    .filter((line) => !line.startsWith("#") && !line.includes("freshness"));
  const best = String.raw`provider="openai",model="gpt-4o",feature="the \"best\"\n\\ feature",team="core",env="prod"`;
  const nobody = 'provider="nobody",model="unheard-of",feature="",team="",env=""';
  // 600 at $2.50, 400 at $1.25 and 100 at $10 a million.
  expect(lines.filter((line) => !line.includes("correction")).sort()).toEqual(
    [
      `llm_cost_usd_total{${best}} 0.003`,
      `llm_cost_usd_total{${nobody}} 0`,
      `llm_tokens_total{${best},type="input"} 600`,
      `llm_tokens_total{${best},type="output"} 100`,
      `llm_tokens_total{${best},type="cache_read"} 400`,
      `llm_tokens_total{${best},type="cache_write"} 0`,
      `llm_tokens_total{${nobody},type="input"} 7`,
      `llm_tokens_total{${nobody},type="output"} 1`,
      `llm_tokens_total{${nobody},type="cache_read"} 0`,
      `llm_tokens_total{${nobody},type="cache_write"} 0`,
      `llm_calls_total{${best},status="ok",error_type=""} 1`,
      `llm_calls_total{${best},status="error",error_type="timeout"} 1`,
      `llm_calls_total{${nobody},status="ok",error_type=""} 1`,
      `llm_unpriced_calls_total{${best}} 0`,
      `llm_unpriced_calls_total{${nobody}} 1`,
      "",
    ].sort(),
  );
  const corrections = lines.filter((line) => line.includes("correction"));
  expect(corrections).toHaveLength(15);
  expect(corrections.filter((line) => !line.endsWith(" 0"))).toEqual([]);
  expect(lines.some((line) => line.startsWith("llm_cost_correction_usd{"))).toBe(true);
});

it.each([
  ["nothing", {}, text],
  ["OpenMetrics", { accept: "application/openmetrics-text; version=1.0.0, text/plain;q=0.5" }, openMetrics],
])("answers in the format of whoever asks for %s", async (_, headers, type) => {
  const answer = await get(headers);
  expect(answer.headers["content-type"]).toBe(type);
  expect(answer.headers["cache-control"]).toBe("private, no-store");
  const families = parseExposition(answer.text, type === text ? "text" : "openMetrics");
  expect(families.map(({ name }) => name.replace("_total", ""))).toEqual([
    "llm_cost_usd",
    "llm_cost_correction_usd",
    "llm_tokens",
    "llm_tokens_correction",
    "llm_calls",
    "llm_calls_correction",
    "llm_unpriced_calls",
    "llm_unpriced_calls_correction",
    "llm_data_freshness_seconds",
  ]);
});

it("names nobody, and nothing that anybody said", async () => {
  const answer = await get();
  for (const canary of [person, prompt]) expect(answer.text).not.toContain(canary);
  // Control: both are in the ledger.
  const [kept] = await asAdmin("SELECT count(*)::int AS calls FROM call WHERE tenant_id = $1 AND user_id = $2 AND prompt_id = $3", [tenant.id, person, prompt]); // prettier-ignore
  expect(kept).toEqual({ calls: 3 });
});

it("packs its answer for whoever can unpack it", async () => {
  const packed = await get({ "accept-encoding": "gzip" });
  expect(packed.headers["content-encoding"]).toBe("gzip");
  expect(packed.headers.vary).toContain("accept-encoding");
  const unpacked = gunzipSync(packed.bytes).toString();
  expect(unpacked.replace(/seconds .*/, "")).toBe((await get()).text.replace(/seconds .*/, ""));
  expect((await get({ "accept-encoding": "br" })).headers["content-encoding"]).toBeUndefined();
});

it("tells HEAD the same without a body", async () => {
  const head = await door.send("/metrics", { method: "HEAD", headers: key });
  const whole = await get();
  expect([head.status, head.text, head.headers["content-type"]]).toEqual([200, "", text]);
  expect(Math.abs(Number(head.headers["content-length"]) - whole.bytes.length)).toBeLessThan(20);
});

it("says how far behind it is", async () => {
  const behind = async () => Number(/^llm_data_freshness_seconds (\S+)$/m.exec((await get()).text)?.[1]);
  expect(await behind()).toBe(0);
  await asAdmin("INSERT INTO rollup_dirty (tenant_id, hour, marked_at) VALUES ($1, date_trunc('hour', now()), now() - interval '95 seconds')", [tenant.id]); // prettier-ignore
  const stale = await behind();
  expect(stale).toBeGreaterThanOrEqual(95);
  expect(stale).toBeLessThan(155);
  await rollUp(job());
  expect(await behind()).toBe(0);
});

it("is no door for spans: OTLP's own takes them, and gives no figures", async () => {
  const { key: sends } = await createKey(job(), { name: "app", scopes: ["ingest"] });
  const headers = { authorization: `Bearer ${sends}`, "content-type": "application/json" };
  const taken = await door.send("/v1/metrics", { method: "POST", headers, body: "{}" });
  expect([taken.status, taken.text]).toEqual([200, "{}"]);
  expect((await door.send("/v1/metrics", { headers: key })).status).toBe(405);
});

it("says nothing rather than a part while nothing is counted yet", async () => {
  const admin = new Client({ connectionString: testDatabase().adminUrl });
  await admin.connect();
  await admin.query("DELETE FROM metric_state WHERE tenant_id = $1", [tenant.id]);
  await admin.end();
  const answer = await get();
  expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "60"]);
  expect(answer.text).toBe("The counters are being made from the ledger; they are there in a minute.\n");
  await rollUp(job());
  expect((await get()).status).toBe(200);
});
