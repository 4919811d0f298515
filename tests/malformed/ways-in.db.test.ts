import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createKey } from "@/server/keys/create";
import { processInbox } from "@/server/inbox/process";
import * as segment from "@/server/usage/segment";
import { type Door, openDoor, type Question } from "../factories/door";
import { asAdmin, contextOf, loadPrices, makeTenant, system } from "../factories/tenant";
import { expectTypedRefusal } from "./typed-refusal";
import { sized } from "../setup/size";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

const seed = 20261121;
const litellmBodies = sized(800, 250);
const segmentBodies = sized(600, 250);
let door: Door;
let tenant: Awaited<ReturnType<typeof makeTenant>>;
let headers: Record<string, string>;
beforeAll(async () => {
  await loadPrices(new Date());
  tenant = await makeTenant();
  const { key } = await createKey(contextOf(tenant, system, new Date()), {
    name: "test",
    scopes: ["ingest"],
  });
  headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  door = await openDoor();
});
afterAll(() => door.close());
beforeEach(() =>
  asAdmin("TRUNCATE inbox, call, call_seen, call_quarantine, rollup_dirty, usage_event, end_user"),
);

const post = (path: string, body: string | Buffer, more: Partial<Question> = {}) =>
  door.send(path, { method: "POST", body, ...more, headers: { ...headers, ...more.headers } });
const gzipped = { headers: { "content-encoding": "gzip" } };
const rows = async (what: string) =>
  Number((await asAdmin<{ n: string }>(`SELECT count(*) AS n FROM ${what}`))[0]?.n);
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

/** Bodies that are no JSON at all, or no message of anybody's. */
const noJson: [name: string, body: string | Buffer][] = [
  ["nothing", ""],
  ["spaces", "  \n"],
  ["half an array", '[{"id":"a"},'],
  ["half an object", '{"id":"a"'],
  ["a word", "hello"],
  ["HTML", "<html></html>"],
  ["XML", "<?xml version='1.0'?>"],
  ["a form", "id=1&b=2"],
  ["NaN", "NaN"],
  ["Infinity", "Infinity"],
  ["undefined", "undefined"],
  ["single quotes", "{'a':1}"],
  ["a trailing comma", '{"a":1,}'],
  ["a comment", '/* a */ {"a":1}'],
  ["NUL", "\0"],
  ["bytes of no text", Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3])],
  ["a byte order mark alone", "\uFEFF"],
  ["gzip that is not said to be", gzipSync("[]")],
  ["protobuf", Buffer.from([0x0a, 0x10, 0x08, 0x96, 0x01])],
  ["an open bracket 200,000 deep", "[".repeat(200_000)],
  ["a number", "5"],
  ["a text", '"x"'],
  ["null", "null"],
  ["true", "true"],
];
const badTransport: [name: string, body: string | Buffer, more: Partial<Question>, statuses: number[]][] = [
  ["a lying gzip", '[{"id":"a"}]', gzipped, [400]],
  ["a truncated gzip", gzipSync('[{"id":"a"}]').subarray(0, 18), gzipped, [400]],
  ["an empty gzip", Buffer.alloc(0), gzipped, [400]],
  ["gzip of nothing", gzipSync(""), gzipped, [400]],
  ["a bomb", gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)), gzipped, [400, 413]],
  ["another packing", "[]", { headers: { "content-encoding": "br" } }, [415]],
  ["two packings", "[]", { headers: { "content-encoding": "gzip, gzip" } }, [415]],
  ["17 MB", Buffer.alloc(17 * 1024 * 1024, 0x20), {}, [400, 413]],
  ["no key", "[]", { headers: { authorization: "" } }, [401]],
  ["an empty key", "[]", { headers: { authorization: "Bearer " } }, [401]],
  ["no scheme", "[]", { headers: { authorization: "tl_live_x" } }, [401]],
  ["half an escape for a key", "[]", { headers: { authorization: "Bearer %E0%A4%A" } }, [401]],
  ["SQL for a key", "[]", { headers: { authorization: "Bearer ' OR 1=1 --" } }, [401]],
  ["Basic that is no base64", "[]", { headers: { authorization: "Basic ###" } }, [401]],
  ["Basic without a key", "[]", { headers: { authorization: "Basic dXNlcjpwYXNz" } }, [401]],
  ["a key of the right shape", "[]", { headers: { authorization: `Bearer tl_live_AAAAAAAA_${"0".repeat(49)}` } }, [401]],
  ["GET", "", { method: "GET" }, [405]],
  ["PUT", "[]", { method: "PUT" }, [405]],
  ["DELETE", "", { method: "DELETE" }, [405]],
  ["OPTIONS", "", { method: "OPTIONS" }, [405]],
]; // prettier-ignore

describe.each(["/v1/litellm", "/v1/batch", "/v1/track", "/v1/identify"])("%s", (path) => {
  it.each(noJson)("refuses %s", async (_, body) => {
    const answer = await post(path, body);
    expect(answer.status, answer.text).toBe(400);
    expectTypedRefusal(answer);
    expect(await rows("call")).toBe(0);
    expect((await rows("usage_event")) + (await rows("end_user"))).toBe(0);
    // What LiteLLM sends is never sent again, so whatever holds anything is kept.
    if (path === "/v1/litellm" && Buffer.byteLength(body) > 0)
      expect(await rows("inbox WHERE state = 'failed'")).toBe(1);
    else expect(await rows("inbox")).toBe(0);
  });

  it.each(badTransport)("refuses %s", async (_, body, more, statuses) => {
    const answer = await post(path, body, more);
    expect(statuses, answer.text).toContain(answer.status);
    expectTypedRefusal(answer);
    expect(await rows("inbox")).toBe(0);
  });

  it("a body cut anywhere is refused, and nothing of it counted", async () => {
    const message = { type: "track", event: "é", userId: "u", messageId: "m", traits: { plan: "p" } };
    const whole = JSON.stringify(path === "/v1/batch" ? { batch: [message] } : message);
    for (let cut = 0; cut < whole.length; cut += 1) expectTypedRefusal(await post(path, whole.slice(0, cut)));
    expect((await rows("usage_event")) + (await rows("end_user")) + (await rows("call"))).toBe(0);
  });

  it("200,000 levels end nothing", async () => {
    const answer = await post(path, path === "/v1/batch" ? `{"batch":[${deep(60_000)}]}` : deep(4_000));
    if (path !== "/v1/litellm") expectTypedRefusal(answer);
    expect(answer.status).toBeLessThan(500);
    expect((await post(path, deep(200_000))).status).toBeLessThan(500);
    await processInbox(contextOf(tenant, system, new Date()));
    expect(await rows("inbox WHERE state = 'waiting'")).toBe(0);
  });
});

describe("LiteLLM's entries", () => {
  const entry = (id: string, more: object = {}) => ({
    litellm_call_id: id, id: `r-${id}`, call_type: "acompletion", status: "success", model: "gpt-4o", custom_llm_provider: "openai",
    startTime: Date.now() / 1_000 - 1, endTime: Date.now() / 1_000, prompt_tokens: 10, completion_tokens: 1, ...more,
  }); // prettier-ignore
  const work = () => processInbox(contextOf(tenant, system, new Date()));
  const rawEntry = (field: string, value: string) => {
    const rest = Object.entries(entry("bad")).filter(([name]) => name !== field);
    return `${JSON.stringify(Object.fromEntries(rest)).slice(0, -1)},${JSON.stringify(field)}:${value}}`;
  };
  const values = ["null", "[]", "{}", "-1", "1.5", "1e400", "-1e400", "9007199254740993", '"x"', '""', '"\\u0000"', '"\\ud800"', "true", '{"$ne":1}', '"2026-02-30T00:00:00Z"', '"0000-01-01 00:00"', JSON.stringify("x".repeat(70_000))]; // prettier-ignore
  const fields = ["startTime", "endTime", "prompt_tokens", "completion_tokens", "metadata", "request_tags", "call_type", "model", "litellm_call_id", "status", "response_cost", "error_information", "hidden_params", "__proto__"]; // prettier-ignore

  it("each spoilt one costs the sound one beside it nothing", { timeout: 60_000 }, async () => {
    let cases = 0;
    for (const field of fields) {
      const spoilt = values.map((value) => rawEntry(field, value));
      const sound = JSON.stringify(entry(`good-${field}`));
      const answer = await post("/v1/litellm", `[${[...spoilt, sound].join(",")}]`);
      expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { received: values.length + 1 }]);
      cases += values.length;
    }
    await work();
    expect(await rows("inbox WHERE state = 'done' AND items = accepted + duplicates + rejected")).toBe(
      fields.length,
    );
    expect(await rows("call WHERE call_id LIKE 'litellm:good-%'")).toBe(fields.length);
    console.info(
      `malformed, LiteLLM: ${cases} spoilt entries, ${fields.length} sound ones beside them all stored`,
    );
  });

  it(`${litellmBodies} generated bodies never fail us`, { timeout: 120_000 }, async () => {
    const body = fc.oneof(
      fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 6 }).map((items) => JSON.stringify(items)),
      fc.array(fc.dictionary(fc.constantFrom(...fields, "id"), fc.jsonValue()), { maxLength: 6 }).map((items) => items.map((item) => JSON.stringify(item)).join("\n")),
      fc.string({ maxLength: 200 }),
    ); // prettier-ignore
    let taken = 0;
    for (const text of fc.sample(body, { seed, numRuns: litellmBodies })) {
      const answer = await post("/v1/litellm", text);
      expect([200, 400], answer.text).toContain(answer.status);
      taken += answer.status === 200 ? 1 : 0;
    }
    for (let more = true; more;) ({ more } = await work());
    expect(await rows("inbox WHERE state = 'waiting'")).toBe(0);
    expect(await rows("inbox WHERE failure LIKE 'Something went wrong%'")).toBe(0);
    console.info(
      `malformed, LiteLLM: ${litellmBodies} generated bodies (seed ${seed}), ${taken} taken, none failed us`,
    );
  });
});

describe("Segment's messages", () => {
  const bad: [name: string, message: unknown][] = [
    ["nobody", { event: "e" }],
    ["an empty user", { event: "e", userId: "" }],
    ["an object for a user", { event: "e", userId: { $ne: 1 } }],
    ["a list for a user", { event: "e", userId: ["u"] }],
    ["NUL in a user", { event: "e", userId: "a\0b" }],
    ["a long user", { event: "e", userId: "u".repeat(300) }],
    ["no event", { userId: "u" }],
    ["a number for an event", { event: 5, userId: "u" }],
    ["a long event", { event: "e".repeat(201), userId: "u" }],
    ["half a character", { event: "\ud800", userId: "u" }],
    ["a time that is none", { event: "e", userId: "u", timestamp: "yesterday" }],
    ["a time without its zone", { event: "e", userId: "u", timestamp: "2026-11-20T12:00:00" }],
    ["a day that is not", { event: "e", userId: "u", timestamp: "2026-02-30T00:00:00Z" }],
    ["a time long ago", { event: "e", userId: "u", timestamp: "2020-01-01T00:00:00Z" }],
    ["a time ahead", { event: "e", userId: "u", timestamp: new Date(Date.now() + 3_600_000).toISOString() }],
    ["an object for a time", { event: "e", userId: "u", timestamp: {} }],
    ["a long messageId", { event: "e", userId: "u", messageId: "m".repeat(300) }],
    ["an object for a messageId", { event: "e", userId: "u", messageId: {} }],
    ["a list", []],
    ["a text", "e"],
  ];
  it.each(bad)("refuses %s, alone and beside a sound one", async (name, message) => {
    expectTypedRefusal(await post("/v1/track", JSON.stringify(message)));
    expect(await rows("usage_event")).toBe(0);
    const typed = Array.isArray(message) || typeof message === "string" ? message : { type: "track", ...(message as object) };
    const good = { type: "track", event: "good", userId: "u", messageId: `good ${name}` };
    const answer = await post("/v1/batch", JSON.stringify({ batch: [typed, good] }));
    expectTypedRefusal(answer);
    expect(JSON.parse(answer.text)).toMatchObject({ success: false, accepted: 1, rejected: [{ index: 0 }] });
    expect(await rows("usage_event")).toBe(1);
  }); // prettier-ignore

  it("keeps to 32 KB a message and 500 KB a batch", async () => {
    const ofBytes = (bytes: number) => `{"event":"e","userId":"u","p":"${"x".repeat(bytes - 33)}"}`;
    expect((await post("/v1/track", ofBytes(32 * 1024))).status).toBe(200);
    expect((await post("/v1/track", ofBytes(32 * 1024 + 1))).status).toBe(400);
    const batch = (bytes: number) => `{"batch":[],"p":"${"x".repeat(bytes - 19)}"}`;
    expect((await post("/v1/batch", batch(500 * 1024))).status).toBe(200);
    expect((await post("/v1/batch", batch(500 * 1024 + 1))).status).toBe(400);
    expect((await post("/v1/batch", gzipSync(batch(500 * 1024)), gzipped)).status).toBe(200);
  });

  it(`${segmentBodies} generated bodies are answered 200 or 400`, { timeout: 60_000 }, async () => {
    const names = fc.constantFrom("type", "event", "userId", "anonymousId", "timestamp", "messageId", "properties", "traits", "context", "batch", "__proto__"); // prettier-ignore
    const message = fc.dictionary(names, fc.jsonValue({ maxDepth: 3 }));
    const paths = fc.constantFrom("/v1/track", "/v1/identify", "/v1/batch", "/v1/page", "/v1/group");
    const bodies = fc.oneof(
      message,
      fc.record({ batch: fc.array(message, { maxLength: 5 }) }),
      fc.jsonValue(),
    );
    for (const [path, body] of fc.sample(fc.tuple(paths, bodies), { seed, numRuns: segmentBodies })) {
      const answer = await post(path, JSON.stringify(body));
      expect([200, 400], answer.text).toContain(answer.status);
      if (answer.status === 400) expectTypedRefusal(answer);
    }
    console.info(`malformed, Segment: ${segmentBodies} generated bodies (seed ${seed}), 0 × 5xx`);
  });

  it("would be seen to fail (mutation control)", async () => {
    vi.spyOn(segment, "readSegment").mockImplementation(() => {
      throw new RangeError("Maximum call stack size exceeded");
    });
    const failed = await post("/v1/track", '{"event":"e","userId":"u"}');
    expect(failed.status).toBe(500);
    expect(failed.text).not.toContain("call stack");
    expect(() => expectTypedRefusal(failed)).toThrow();
  });
});

it("after all that sound ones are still taken", async () => {
  const answers = [
    await post("/v1/track", '{"event":"e","userId":"u","messageId":"m"}'),
    await post("/v1/identify", '{"userId":"u","traits":{"plan":"pro"}}'),
    await post("/v1/batch", '{"batch":[{"type":"track","event":"e","userId":"u","messageId":"n"}]}'),
    await post("/v1/page", '{"userId":"u"}'),
  ];
  expect(answers.map(({ text }) => (JSON.parse(text) as { success: boolean }).success)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([await rows("usage_event"), await rows("end_user")]).toEqual([2, 1]);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
