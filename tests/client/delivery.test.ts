import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backoffMs, readAnswer } from "@/public/client/src/answer";
import type { Call, Facts, User } from "@/public/client/src/api";
import { createTokenledger } from "@/public/client/src/tokenledger";
import { caughtClient, stored } from "./caught";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const reply = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => String(from + n));
const call = (id: string): Call => ({ id, provider: "openai", model: "gpt-4o" });

describe("a batch", () => {
  it("goes out after the interval, in the order of tracking, with the key and the defaults", async () => {
    vi.useFakeTimers();
    const { ledger, sent, calls } = caughtClient({ feature: "chat", environment: "production" });
    ledger.track(call("a"));
    ledger.track({ ...call("b"), feature: "search" });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    expect(sent[0]?.url).toBe("https://ledger.test/api/trpc/ingest.calls");
    expect(calls().map(({ id, feature, environment }) => ({ id, feature, environment }))).toEqual([
      { id: "a", feature: "chat", environment: "production" },
      { id: "b", feature: "search", environment: "production" },
    ]);
    expect(ledger.stats()).toMatchObject({ pending: 0, sent: 2, dropped: 0 });
  });

  it("holds 500 calls at most", async () => {
    const { ledger, sent } = caughtClient();
    for (const id of ids(0, 1_200)) ledger.track(call(id));
    expect(await ledger.flush()).toBe(true);
    expect(sent.map(({ body }) => body.calls?.length)).toEqual([500, 500, 200]);
  });

  it("is sent again as it was until it is acknowledged, and nothing overtakes it", async () => {
    const answers = [new TypeError("fetch failed"), reply(503), reply(429), reply(500), reply(200, "<html>")];
    const { ledger, sent, drops } = caughtClient({}, answers);
    for (const id of ids(0, 600)) ledger.track(call(id));
    expect(await ledger.flush()).toBe(true);
    const first = sent[0]?.body;
    expect(sent.slice(0, 6).every(({ body }) => JSON.stringify(body) === JSON.stringify(first))).toBe(true);
    expect(sent.map(({ body }) => body.calls?.length)).toEqual([500, 500, 500, 500, 500, 500, 100]);
    expect(ledger.stats()).toMatchObject({ sent: 600, retries: 5, dropped: 0 });
    expect(drops).toEqual([]);
  });

  it("that is too large is halved, down to the one that is", async () => {
    const tooLarge = () => reply(413);
    const { ledger, sent, drops } = caughtClient({}, [tooLarge, tooLarge, tooLarge]);
    for (const id of ids(0, 4)) ledger.track(call(id));
    await ledger.flush();
    expect(sent.map(({ body }) => body.calls?.map(({ id }) => id))).toEqual([
      ["0", "1", "2", "3"], ["0", "1"], ["0"], ["1", "2"], ["3"],
    ]); // prettier-ignore
    expect(drops).toMatchObject([{ reason: "refused", ids: ["0"] }]);
    expect(ledger.stats()).toMatchObject({ sent: 3, dropped: 1 });
  });

  it("of 2 million characters is the largest", async () => {
    const { ledger, sent } = caughtClient();
    for (const id of ids(0, 5)) ledger.track({ ...call(id), tags: { long: "x".repeat(900_000) } });
    await ledger.flush();
    expect(sent.map(({ body }) => body.calls?.length)).toEqual([2, 2, 1]);
  });

  it("whose calls are rejected in part says which and why, once a reason", async () => {
    const rejection = (index: number, code: string) => ({
      index,
      id: null,
      code,
      field: "model",
      message: "is needed",
    });
    const partly = reply(422, {
      result: { data: { accepted: 1, duplicates: 1, rejected: [rejection(1, "INVALID"), rejection(3, "INVALID"), rejection(4, "TOO_OLD")] } },
    }); // prettier-ignore
    const { ledger, drops } = caughtClient({}, [partly]);
    for (const id of ids(0, 5)) ledger.track(call(id));
    await ledger.flush();
    expect(drops).toEqual([
      { reason: "rejected", count: 2, ids: ["1", "3"], message: "INVALID model is needed" },
      { reason: "rejected", count: 1, ids: ["4"], message: "TOO_OLD model is needed" },
    ]);
    expect(ledger.stats()).toMatchObject({
      sent: 2,
      duplicates: 1,
      dropped: 3,
      droppedBecause: { rejected: 3 },
    });
  });

  it("with a wrong key is dropped at once, and the deployment's sentence is handed on", async () => {
    const { ledger, drops } = caughtClient({}, [reply(401, { error: { message: "This key is revoked." } })]);
    ledger.track(call("a"));
    await ledger.flush();
    expect(drops).toEqual([
      { reason: "refused", count: 1, ids: ["a"], message: "401: This key is revoked." },
    ]);
  });
});

describe("the buffer", () => {
  it("is bounded: what comes when it is full is dropped, counted and told; what waits is kept", async () => {
    const { ledger, drops, calls } = caughtClient({ maxBuffer: 3 });
    for (const id of ids(0, 5)) ledger.track(call(id));
    expect(ledger.stats()).toMatchObject({ pending: 3, dropped: 2, droppedBecause: { "buffer-full": 2 } });
    await ledger.flush();
    expect(calls().map(({ id }) => id)).toEqual(["0", "1", "2"]);
    expect(drops.map(({ reason, ids: dropped }) => [reason, dropped])).toEqual([
      ["buffer-full", ["3"]],
      ["buffer-full", ["4"]],
    ]);
  });

  it("keeps what was tracked, not what became of the object", async () => {
    const { ledger, calls } = caughtClient();
    const mine = { ...call("a"), tags: { plan: "free" } };
    ledger.track(mine);
    mine.tags.plan = "pro";
    await ledger.flush();
    expect(calls()[0]?.tags).toEqual({ plan: "free" });
  });

  it("takes along nothing but the fields of a call, so that no prompt that lies beside them leaves", async () => {
    const { ledger, sent } = caughtClient();
    const beside = { messages: "CANARY", output: "CANARY", apiKey: "CANARY" };
    const usage = { inputTokens: 1, raw: "CANARY" };
    const shares = [{ userId: "u1", note: "CANARY" }, { userId: "u2" }];
    ledger.track({ ...call("a"), ...beside, usage, shares, prompt: { id: "p", text: "CANARY" } });
    ledger.usage({ userId: "u1", ...beside });
    ledger.identify({ userId: "u1", ...beside });
    await ledger.flush();
    expect(sent).toHaveLength(3);
    expect(JSON.stringify(sent)).not.toContain("CANARY");
  });

  it("takes nothing after close()", async () => {
    const { ledger, drops, calls } = caughtClient();
    ledger.track(call("a"));
    expect(await ledger.close()).toBe(true);
    ledger.track(call("b"));
    expect(calls()).toHaveLength(1);
    expect(drops).toMatchObject([{ reason: "closed", ids: ["b"] }]);
  });

  it("says in time that a flush did not get through, and goes on when it may", async () => {
    vi.useFakeTimers();
    const { ledger, calls } = caughtClient({}, [reply(503, {}, { "retry-after": "60" })]);
    ledger.track(call("a"));
    const first = ledger.flush(5_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await first).toBe(false);
    expect(ledger.stats()).toMatchObject({ pending: 1, retries: 1, lastFailure: "status 503" });
    const second = ledger.flush(100_000);
    await vi.advanceTimersByTimeAsync(54_999);
    expect(calls()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await second).toBe(true);
    expect(calls().map(({ id }) => id)).toEqual(["a", "a"]);
    vi.useRealTimers();
  });

  it("warns by itself where nobody asked to be told, once a minute", () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const { ledger } = caughtClient({ maxBuffer: 1, onDrop: undefined });
    for (const id of ids(0, 5)) ledger.track(call(id));
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toMatch(/^tokenledger: 1 dropped \(buffer-full: 1 already wait/);
  });
});

describe("events and users", () => {
  it("go to procedures of their own", async () => {
    const { ledger, sent } = caughtClient({ feature: "chat" });
    ledger.usage({ id: "e1", userId: "u1", event: "summary_made" });
    ledger.identify({ userId: "u1", plan: "pro", mrrUsd: "49" });
    await ledger.flush();
    expect(sent.map(({ url }) => url.split("/").at(-1))).toEqual(["ingest.usage", "ingest.identify"]);
    expect(sent[0]?.body.events).toMatchObject([
      { id: "e1", userId: "u1", event: "summary_made", feature: "chat" },
    ]);
    expect(sent[1]?.body.users).toMatchObject([{ userId: "u1", plan: "pro", mrrUsd: "49" }]);
  });
});

const throwing = () => {
  throw new Error("poisoned");
};
const circular: Record<string, unknown> = {};
circular.self = circular;
const poisons: [string, unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["a number", 7],
  ["a text", "call"],
  ["a getter that throws", Object.defineProperty({}, "model", { enumerable: true, get: throwing })],
  ["a proxy that throws", new Proxy({}, { get: throwing, ownKeys: throwing, has: throwing })],
  ["a circle", { model: "m", tags: circular }],
  ["a BigInt", { model: "m", latencyMs: 1n }],
  ["a toJSON that throws", { model: "m", tags: { toJSON: throwing } }],
  ["shares that are none", { model: "m", shares: 3 }],
  ["a prompt that cannot be hashed", { model: "m", prompt: { text: circular } }],
  ["a prompt of nothing", { model: "m", prompt: { text: () => 1 } }],
  ["a date that is none", { model: "m", occurredAt: new Date(Number.NaN) }],
  ["a revoked proxy", (() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()],
]; // prettier-ignore

describe("never throws into the caller", () => {
  it.each(poisons)("%s", async (_name, poison) => {
    const { ledger } = caughtClient({ onDrop: () => throwing() });
    const everything = () => {
      ledger.track(poison as Call);
      ledger.trackOpenAI(poison, poison as Facts);
      ledger.trackAnthropic(poison, poison as Facts);
      ledger.trackAiSdk(poison, poison as Facts);
      ledger.usage(poison as Call);
      ledger.identify(poison as User);
      ledger.hashPrompt(poison);
      ledger.wrapOpenAI(poison as object, poison as Facts);
      ledger.wrapAnthropic(poison as object, poison as Facts);
      ledger.stats();
    };
    expect(everything).not.toThrow();
    expect(await ledger.close(1_000)).toBe(true);
  });

  it.each([
    ["no settings", {}],
    ["nothing of the environment", { endpoint: undefined, key: undefined }],
    ["an address that is none", { endpoint: "ledger", key: "tl_test" }],
  ])("%s: every call is dropped and told", (_name, options) => {
    const drops: string[] = [];
    const settings = { ...options, onDrop: ({ reason }: { reason: string }) => drops.push(reason) };
    const ledger = createTokenledger(settings as unknown as Parameters<typeof createTokenledger>[0]);
    ledger.track(call("a"));
    expect(drops).toEqual(["refused"]);
  });

  it("not even where being told fails, later or at once", async () => {
    const { ledger } = caughtClient({ maxBuffer: 1, onDrop: () => Promise.reject(new Error("no")) }, [
      stored(),
    ]);
    for (const id of ids(0, 3)) ledger.track(call(id));
    expect(await ledger.flush()).toBe(true);
  });
});

describe("readAnswer", () => {
  const now = new Date("2026-11-20T12:00:00Z");
  it.each([
    ["seconds", "7", 7_000],
    ["a date", "Fri, 20 Nov 2026 12:00:09 GMT", 9_000],
    ["a date gone by", "Fri, 20 Nov 2026 11:00:00 GMT", 0],
    ["a day", "86400", 300_000],
    ["nonsense", "soon", 0],
    ["nothing", null, 0],
  ])("waits as Retry-After says: %s", (_name, retryAfter, afterMs) => {
    expect(readAnswer(503, retryAfter, "", now)).toMatchObject({ kind: "again", afterMs });
  });

  it.each([
    [200, "again"], [204, "again"], [302, "again"], [400, "halve"], [401, "refused"], [403, "refused"], [404, "refused"],
    [408, "again"], [413, "halve"], [415, "refused"], [422, "halve"], [425, "again"], [429, "again"], [500, "again"],
    [502, "again"], [503, "again"], [504, "again"],
  ])("takes a %i without the deployment's own words as: %s", (status, kind) => {
    expect(readAnswer(status, null, "<html>", now).kind).toBe(kind);
  }); // prettier-ignore
});

it("waits up to twice as long each time, half a minute at most", () => {
  expect([0, 1, 2, 5, 6, 50].map((failures) => backoffMs(failures, 1))).toEqual([
    500, 1_000, 2_000, 16_000, 30_000, 30_000,
  ]);
  expect(backoffMs(3, 0.25)).toBe(1_000);
});
