import { readable, recordedOf, shapeOf } from "@/tests/emitters/decode";
import { type EmitterName, runEmitter } from "@/tests/emitters/run";
import { installEmitters } from "@/tests/emitters/install.mjs";
import { type OpenAiServer, startOpenAi } from "@/tests/emitters/openai-server";
import { sendAgain, startWire } from "@/tests/emitters/wire";
import { createSteps } from "@/server/launch/steps.mjs";
import { demoFacts } from "@/tests/setup/demo";
import { productOutput, tablesWith } from "./canary";
import { reportSpend } from "./door";
import { expect, test } from "@playwright/test";
import { addUsd, plainUsd } from "./ledger";
import { callsOf, inOrder, type OwnTenant, ownTenant, type ToldCall } from "./own-tenant";

// Each emitter is an SDK as its users run it, with a tenant of its own: what the tenant's list shows is all it sent.
// USD for a million tokens, as the price book has them: input, cached input, output.
//   gpt-4o 2.5, 1.25, 10 · gpt-4o-mini 0.15, -, 0.6 · gpt-5 1.25, 0.125, 10 · claude-sonnet-4-5 3, -, 15
const priced = { priceStatus: "priced", source: "otlp" };
const openAi4o = { ...priced, provider: "openai", model: "gpt-4o" };
const sonnet = { ...priced, provider: "anthropic", model: "claude-sonnet-4-5" };

function expectedOf(userId: string): Record<EmitterName, ToldCall[]> {
  // 800 × 2.5 + 400 × 1.25 + 180 × 10 = 4,300 millionths
  const plain = {
    ...openAi4o,
    model: "gpt-4o-2024-08-06",
    userId,
    feature: "support",
    team: "care",
    promptId: "greeting",
    freshInputTokens: 800,
    cacheReadTokens: 400,
    visibleOutputTokens: 180,
    costUsd: "0.0043",
  };
  const refund = {
    ...sonnet,
    model: "claude-sonnet-4-5-20250929",
    userId,
    feature: "refunds",
    promptId: "refund-policy",
  };
  const chapter = { ...openAi4o, userId, feature: "writing", promptId: "outline" };
  // 1,500 × 1.25 + 500 × 0.125 + 300 × 10 (reasoning costs what other output does) = 4,937.5 millionths
  const summary = {
    ...priced,
    // AI SDK 6 says openai.responses: the name of the interface is left out.
    provider: "openai",
    model: "gpt-5",
    userId,
    promptId: "summary",
    freshInputTokens: 1_500,
    cacheReadTokens: 500,
    visibleOutputTokens: 200,
    reasoningTokens: 100,
    costUsd: "0.0049375",
  };
  const order = { ...sonnet, userId, feature: "orders" };
  const order7 = { ...openAi4o, userId, feature: "order-agent-7" };
  return {
    "otel-call-protobuf-gzip": [plain],
    "otel-call-json": [plain],
    "otel-legacy-call": [
      {
        ...priced,
        provider: "openai",
        model: "gpt-4o-mini-2024-07-18",
        userId,
        feature: "search",
        promptId: "rewrite-query",
        freshInputTokens: 3_000,
        visibleOutputTokens: 200,
        costUsd: "0.00057", // 3,000 × 0.15 + 200 × 0.6 = 570
      },
    ],
    // The agent's own span sums up its three calls (6,000 and 600 tokens) and is no call.
    "otel-agent": [
      { ...refund, freshInputTokens: 1_000, visibleOutputTokens: 100, costUsd: "0.0045" }, // 3,000 + 1,500
      { ...refund, freshInputTokens: 2_000, visibleOutputTokens: 200, costUsd: "0.009" }, // 6,000 + 3,000
      { ...refund, freshInputTokens: 3_000, visibleOutputTokens: 300, costUsd: "0.0135" }, // 9,000 + 4,500
    ],
    // The parent came in a later request than its calls, with all that is known of them.
    "otel-late-parent": [
      { ...chapter, freshInputTokens: 1_000, visibleOutputTokens: 100, costUsd: "0.0035" }, // 2,500 + 1,000
      { ...chapter, freshInputTokens: 2_000, visibleOutputTokens: 200, costUsd: "0.007" }, // 5,000 + 2,000
    ],
    "ai-sdk-6": [
      { ...summary, feature: "summarize" },
      { ...summary, feature: "stream-summary" },
    ],
    "ai-sdk-6-agent": [
      { ...order, freshInputTokens: 1_000, visibleOutputTokens: 50, costUsd: "0.00375" }, // 3,000 + 750
      { ...order, freshInputTokens: 1_200, visibleOutputTokens: 250, costUsd: "0.00735" }, // 3,600 + 3,750
    ],
    "ai-sdk-7": [
      { ...order7, freshInputTokens: 1_000, visibleOutputTokens: 50, costUsd: "0.003" }, // 2,500 + 500
      {
        ...order7,
        freshInputTokens: 200,
        cacheReadTokens: 1_000,
        visibleOutputTokens: 250,
        costUsd: "0.00425", // 200 × 2.5 + 1,000 × 1.25 + 250 × 10 = 4,250
      },
    ],
    openllmetry: [
      {
        ...priced,
        provider: "openai",
        model: "gpt-4o-mini-2024-07-18",
        userId,
        feature: "catalogue",
        promptId: "describe-product",
        freshInputTokens: 2_400,
        visibleOutputTokens: 320,
        costUsd: "0.000552", // 2,400 × 0.15 + 320 × 0.6 = 552
      },
    ],
    langfuse: [
      {
        ...openAi4o,
        userId,
        feature: "tickets",
        promptId: "draft-answer",
        promptVersion: "4",
        freshInputTokens: 800,
        cacheReadTokens: 200,
        visibleOutputTokens: 150,
        costUsd: "0.00375", // 800 × 2.5 + 200 × 1.25 + 150 × 10 = 3,750
        reportedCostUsd: "0.0099", // what the sender thought is kept beside it
      },
    ],
  };
}

const byKey = (one: { key: string | null }, other: { key: string | null }) =>
  String(one.key) < String(other.key) ? -1 : 1;

/** What a report by feature must say of these calls. */
function sumsByFeature(calls: readonly ToldCall[]): object[] {
  const features = [...new Set(calls.map(({ feature }) => String(feature)))];
  const sums = features.map((key) => {
    const own = calls.filter(({ feature }) => feature === key);
    return { key, calls: own.length, costUsd: addUsd(own.map(({ costUsd }) => String(costUsd))) };
  });
  return sums.toSorted(byKey);
}

const tenants = new Map<EmitterName, OwnTenant>();
const userOf = (name: EmitterName) => `user-of-${name}`;
const expectedOfOne = (name: EmitterName) => inOrder(expectedOf(userOf(name))[name]);
let openAi: OpenAiServer;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  test.setTimeout(600_000);
  await installEmitters(createSteps());
  openAi = await startOpenAi();
});
test.afterAll(() => openAi.stop());

for (const name of Object.keys(expectedOf("")) as EmitterName[]) {
  test(`${name}: each call arrives once, with its facts and its cost`, async () => {
    const tenant = await ownTenant(`sdk-${name}`);
    tenants.set(name, tenant);
    const { url } = demoFacts();
    const wire = await startWire(url);
    const target = {
      url: wire.url,
      key: tenant.ingestKey,
      userId: userOf(name),
      openAiUrl: openAi.url,
    };
    const ended = await runEmitter(name, target);
    await wire.stop();

    // An exporter prints what it could not deliver, and what was taken only in part.
    expect(ended).toEqual({ code: 0, output: "" });
    // What the mapping's own tests take for this SDK is still what it sends.
    expect(wire.sent.map(readable).map(shapeOf)).toEqual(recordedOf(name).map(shapeOf));
    // Until a trace is settled, its parent may be listed as a call and then be gone.
    const settled = async () => expect(await callsOf(tenant)).toEqual(expectedOfOne(name));
    await expect(settled).toPass({ timeout: 45_000 });

    for (const request of wire.sent) {
      const again = await sendAgain(request, url);
      expect({ status: again.status, answer: again.answer }).toEqual({ status: 200, answer: request.answer });
    }
    expect(await callsOf(tenant)).toEqual(expectedOfOne(name));
  });
}

test("a wrong key stores nothing, and the exporter says so", async () => {
  const tenant = await ownTenant("sdk-wrong-key");
  const wire = await startWire(demoFacts().url);
  const key = `${tenant.ingestKey.slice(0, -1)}${tenant.ingestKey.endsWith("A") ? "B" : "A"}`;
  const target = { url: wire.url, key, userId: "nobody", openAiUrl: openAi.url };
  const ended = await runEmitter("otel-call-protobuf-gzip", target);
  await wire.stop();
  expect(ended.output).toContain("Unauthorized");
  expect(wire.sent.map(({ status }) => status)).toEqual([401]);
  expect(await callsOf(tenant)).toEqual([]);
});

test("the reports cost every trace once, after the jobs have looked at it too", async () => {
  test.setTimeout(150_000);
  expect(tenants.size).toBe(Object.keys(expectedOf("")).length);
  const today = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  for (const [name, tenant] of tenants) {
    const expected = expectedOfOne(name);
    const reported = async () => {
      const question = { from: today(-1), to: today(1), groupBy: "feature" };
      const { rows, total } = await reportSpend(demoFacts().url, tenant.readKey, question);
      const told = rows.map(({ key, calls, costUsd }) => ({ key, calls, costUsd: plainUsd(costUsd) }));
      return { rows: told.toSorted(byKey), calls: total.calls, unpricedCalls: total.unpricedCalls };
    };
    await expect
      .poll(reported, { message: name, timeout: 90_000 })
      .toEqual({ rows: sumsByFeature(expected), calls: expected.length, unpricedCalls: 0 });
    expect(await callsOf(tenant)).toEqual(expected);
  }
});

test("no word of a prompt or an answer is in the database or the logs", async () => {
  test.setTimeout(120_000);
  const found = await tablesWith("CANARY-", "refund-policy");
  expect(found["CANARY-"]).toEqual([]);
  // The search finds what is there.
  expect(found["refund-policy"].join()).toMatch(/\.call/);
  expect(productOutput()).toContain("ready http");
  expect(productOutput()).not.toContain("CANARY-");
});
