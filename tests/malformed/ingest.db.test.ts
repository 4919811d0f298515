import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as errorMap from "@/server/api/error-map";
import * as admission from "@/server/calls/admit";
import type { Tenant } from "@/server/context";
import { createKey } from "@/server/keys/create";
import { type Door, openDoor, type Question } from "../factories/door";
import { asAdmin, contextOf, loadPrices, makeTenant, system } from "../factories/tenant";
import { badCalls, callText, type Raw } from "./bad-calls";
import { badCall, noCall } from "./generated";
import { expectTypedRefusal } from "./typed-refusal";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

const seed = 20261121;
let tenant: Tenant;
let door: Door;
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

const post = (body: string | Buffer, more: Partial<Question> = {}, path = "/api/trpc/ingest.calls") =>
  door.send(path, { method: "POST", headers, body, ...more });
const batch = (calls: readonly Raw[]) => `{"calls":[${calls.join(",")}]}`;
const good = () => callText("good", new Date());
const stored = async () =>
  (
    await asAdmin<{ n: number }>(
      "SELECT (SELECT count(*) FROM call) + (SELECT count(*) FROM call_seen) + (SELECT count(*) FROM rollup_dirty) AS n",
    )
  )[0]?.n;

interface Refused {
  result: {
    data: {
      accepted: number;
      duplicates: number;
      rejected: { index: number; code: string; message: string }[];
    };
  };
}

/** Sends calls in batches and expects each of them to be refused by its place, and nothing to be stored. */
async function expectAllRejected(calls: readonly Raw[], size: number): Promise<void> {
  for (let from = 0; from < calls.length; from += size) {
    const part = calls.slice(from, from + size);
    const answer = await post(batch(part));
    expect(answer.status, answer.text.slice(0, 500)).toBe(422);
    const { accepted, duplicates, rejected } = (JSON.parse(answer.text) as Refused).result.data;
    const missed = part.filter((_, index) => !rejected.some((one) => one.index === index));
    expect(missed).toEqual([]);
    expect([accepted, duplicates]).toEqual([0, 0]);
    expectTypedRefusal(answer);
  }
}

describe("malformed calls", () => {
  it("at least 500 fixed ones are refused one by one, and the good call beside them is stored", async () => {
    const cases = badCalls(new Date());
    expect(cases.length).toBeGreaterThanOrEqual(500);
    await expectAllRejected(
      cases.map(({ raw }) => raw),
      1,
    );
    expect(await stored()).toBe("0");
    const raws = cases.map(({ raw }) => raw);
    for (let from = 0; from < raws.length; from += 100) {
      const part = raws.slice(from, from + 100);
      const answer = await post(batch([...part, callText(`beside-${from}`, new Date())]));
      const { accepted, rejected } = (JSON.parse(answer.text) as Refused).result.data;
      expect([accepted, rejected.length], answer.text.slice(0, 500)).toEqual([1, part.length]);
    }
    await asAdmin("TRUNCATE call, call_seen, rollup_dirty, call_quarantine");
    console.info(`malformed, fixed: ${cases.length} calls refused one by one`);
  });

  it("8,000 generated ones as well", { timeout: 120_000 }, async () => {
    const runs = { seed, numRuns: 6_000 };
    await expectAllRejected(fc.sample(badCall(new Date()), runs), 40);
    await expectAllRejected(fc.sample(noCall, { seed, numRuns: 2_000 }), 40);
    expect(await stored()).toBe("0");
    console.info(`malformed, generated: 8000 calls (seed ${seed}), 100 % refused, 0 rows`);
  });

  it("-0 is 0", async () => {
    const answer = await post(batch([callText("minus-zero", new Date(), { usage: '{"inputTokens":-0}' })]));
    expect(answer.status).toBe(200);
    expect(await asAdmin("SELECT fresh_input_tokens FROM call")).toEqual([{ fresh_input_tokens: 0 }]);
    await asAdmin("TRUNCATE call, call_seen, rollup_dirty");
  });
});

describe("malformed bodies", () => {
  const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const bodies: [string, () => string | Buffer][] = [
    ["nothing", () => ""],
    ["no JSON", () => "calls=1"],
    ["a truncated batch", () => batch([good()]).slice(0, -5)],
    ["NaN", () => batch([good().replace('"inputTokens":10', '"inputTokens":NaN')])],
    ["null", () => "null"],
    ["a number", () => "5"],
    ["a text", () => '"x"'],
    ["an array", () => batch([good()]).slice(9, -1)],
    ["no calls", () => "{}"],
    ["an empty batch", () => batch([])],
    ["calls that are an object", () => '{"calls":{"0":{}}}'],
    ["calls that are null", () => '{"calls":null}'],
    ["a length that lies", () => '{"calls":{"length":5}}'],
    ["one more field", () => `{"calls":[${good()}],"tenantId":"x"}`],
    ["a field twice, the last one empty", () => `{"calls":[${good()}],"calls":[]}`],
    ["1,001 calls", () => batch(Array.from({ length: 1_001 }, (_, n) => callText(`n${n}`, new Date())))],
    ["a depth of 200,000", () => `{"calls":${deep(200_000)}}`],
    ["calls 200,000 deep", () => `{"calls":[${deep(200_000)}]}`],
    ["tags 200,000 deep", () => batch([callText("deep", new Date(), { tags: `{"a":${deep(200_000)}}` })])],
    [
      "objects 100,000 deep",
      () =>
        batch([callText("deep", new Date(), { tags: `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}` })]),
    ],
    ["11 MB", () => batch([callText("huge", new Date(), { feature: `"${"x".repeat(11_000_000)}"` })])],
    ["11 MB of nothing", () => Buffer.alloc(11_000_000, " ")],
    ["bytes that are no UTF-8", () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ["a byte order mark alone", () => Buffer.from([0xef, 0xbb, 0xbf])],
    ["UTF-16", () => Buffer.from(batch([good()]), "utf16le")],
    ["gzip", () => Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0])],
    ["a poisoned body", () => '{"__proto__":{"calls":[]}}'],
    ["json of superjson", () => `{"json":{"calls":[${good()}]}}`],
  ];
  it.each(bodies)("%s", async (_, body) => {
    const answer = await post(body());
    expectTypedRefusal(answer);
    expect(await stored()).toBe("0");
  });

  const doors: [string, Partial<Question>, string?][] = [
    ["a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["plain text", { headers: { "content-type": "text/plain" } }],
    ["multipart", { headers: { "content-type": "multipart/form-data; boundary=x" } }],
    ["octets", { headers: { "content-type": "application/octet-stream" } }],
    ["jsonp", { headers: { "content-type": "application/jsonp" } }],
    ["gzip promised", { headers: { "content-encoding": "gzip" } }],
    ["unknown encoding", { headers: { "content-encoding": "br, zstd" } }],
    ["a key that is half an escape", { headers: { authorization: "Bearer %E0%A4%A" } }],
    ["an empty key", { headers: { authorization: "Bearer " } }],
    ["no scheme", { headers: { authorization: "tl_live_x" } }],
    ["basic", { headers: { authorization: "Basic dXNlcjpwYXNz" } }],
    ["two keys", { headers: { authorization: "Bearer a Bearer b" } }],
    ["a key of 7 kB", { headers: { authorization: `Bearer ${"x".repeat(7_000)}` } }],
    ["a key in other letters", { headers: { authorization: "Bearer tl_live_\u00ff\u00fe" } }],
    ["a key of the right shape", { headers: { authorization: `Bearer tl_live_AAAAAAAA_${"0".repeat(49)}` } }],
    ["SQL for a key", { headers: { authorization: "Bearer ' OR 1=1 --" } }],
    ["GET", { method: "GET", body: undefined }],
    ["PUT", { method: "PUT" }],
    ["DELETE", { method: "DELETE" }],
    ["PATCH", { method: "PATCH" }],
    ["no such procedure", {}, "/api/trpc/ingest.call"],
    ["no procedure", {}, "/api/trpc/"],
    ["a prototype's name", {}, "/api/trpc/__proto__"],
    ["a constructor", {}, "/api/trpc/ingest.constructor"],
    ["half an escape in the path", {}, "/api/trpc/%E0%A4%A"],
    ["a NUL in the path", {}, "/api/trpc/ingest.calls%00"],
    ["a path upwards", {}, "/api/trpc/../../etc/passwd"],
    ["a batch of none", {}, "/api/trpc/ingest.calls?batch=1"],
    [
      "a batch of eleven",
      {},
      `/api/trpc/${Array.from({ length: 11 }, () => "ingest.calls").join(",")}?batch=1`,
    ],
  ];
  it.each(doors)("by another door: %s", async (_, question, path) => {
    const answer = await post(
      batch([good()]),
      { ...question, headers: { ...headers, ...question.headers } },
      path,
    );
    expectTypedRefusal(answer, { batched: path?.includes("batch=1") ?? false });
    expect(await stored()).toBe("0");
  });

  it("2,000 bodies cut short", { timeout: 60_000 }, async () => {
    const body = batch([good(), callText("second", new Date(), { tags: '{"a":"b"}', feature: '"ü"' })]);
    const cuts = fc.sample(fc.integer({ min: 0, max: body.length - 1 }), { seed, numRuns: 2_000 });
    for (const cut of cuts) expectTypedRefusal(await post(body.slice(0, cut)));
    expect(await stored()).toBe("0");
    console.info("malformed, bodies: 2000 cut short, 100 % refused, 0 rows");
  });

  it("would be seen to fail, or to tell too much (mutation control)", async () => {
    vi.spyOn(admission, "admit").mockImplementation(() => {
      throw new RangeError("Maximum call stack size exceeded");
    });
    const failed = await post(batch([good()]));
    expect(() => expectTypedRefusal(failed)).toThrow();
    vi.spyOn(errorMap, "wireError").mockImplementation((error) => ({ message: error.stack ?? "", data: { code: "BAD_REQUEST", requestId: null } })); // prettier-ignore
    const talkative = await post(batch([good()]));
    expect(() => expectTypedRefusal({ ...talkative, status: 400 })).toThrow();
    vi.restoreAllMocks();
    await expect(expectAllRejected([good()], 1)).rejects.toThrow();
    await asAdmin("TRUNCATE call, call_seen, rollup_dirty");
  });

  it("after all that a sound call is still taken", async () => {
    const answer = await post(batch([good()]));
    expect(answer.status, answer.text).toBe(200);
    expect(await stored()).toBe("3");
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
