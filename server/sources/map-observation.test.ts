import { describe, expect, it } from "vitest";
import { CallInput } from "@/server/calls/schemas";
import { readObservation } from "./map-observation";

const row = {
  id: "obs-1",
  traceId: "trace-1",
  type: "GENERATION",
  name: "answer",
  startTime: "2026-11-20T10:00:00.000Z",
  endTime: "2026-11-20T10:00:01.250Z",
  level: "DEFAULT",
  providedModelName: "gpt-4o",
  usageDetails: { input: 60, input_cached_tokens: 40, output: 20, total: 120 },
  costDetails: { total: 0.00123 },
  totalCost: 0.00123,
};
const callOf = (more: object) => readObservation({ ...row, ...more })?.call;

it("reads a whole observation", () => {
  const full = {
    ...row,
    environment: "production",
    userId: "u-1",
    sessionId: "s-1",
    promptName: "answer-prompt",
    promptVersion: 7,
    traceName: "chat-turn",
    tags: ["feature:chat", "beta", "region:eu", "plan:pro", "a:b:c"],
    metadata: {
      feature: "assistant",
      team: "search",
      account_id: "acme",
      "gen_ai.system": "openai",
      note: "x",
    },
  };
  const read = readObservation(full);
  expect(read).toEqual({
    startedAt: new Date(row.startTime),
    endedAt: new Date(row.endTime),
    call: {
      id: "langfuse:obs-1",
      occurredAt: "2026-11-20T10:00:00.000Z",
      kind: "llm",
      provider: "openai",
      model: "gpt-4o",
      userId: "u-1",
      accountId: "acme",
      feature: "assistant",
      team: "search",
      environment: "production",
      region: "eu",
      tier: "pro",
      prompt: { id: "answer-prompt", version: "7" },
      route: "chat-turn",
      runId: "trace-1",
      latencyMs: 1_250,
      usage: { inputTokens: 100, outputTokens: 20, cacheReadTokens: 40 },
      reportedCostUsd: "0.00123",
      tags: { session: "s-1", beta: "true", a: "b:c" },
    },
  });
  expect(CallInput.safeParse(read?.call).success).toBe(true);
});

const cases: [name: string, more: object, expected: object][] = [
  ["an embedding", { type: "EMBEDDING" }, { kind: "embedding" }],
  ["the name where the trace has none", { traceName: null }, { route: "answer" }],
  ["a provider of LangChain", { metadata: { ls_provider: "anthropic" } }, { provider: "anthropic" }],
  ["a provider of OpenTelemetry", { metadata: { attributes: { "gen_ai.provider.name": "openai" } } }, { provider: "openai" }],
  ["no provider", { metadata: { other: 1 } }, { provider: undefined }],
  ["a feature of the tags", { tags: ["feature:chat"] }, { feature: "chat", tags: undefined }],
  ["a number in metadata", { metadata: { feature: 12 } }, { feature: "12" }],
  ["an object in metadata is no tag", { metadata: { feature: { a: 1 } } }, { feature: undefined }],
  ["a failure that was answered", { level: "ERROR" }, { errorClass: "error", billed: undefined }],
  ["a failure that used nothing", { level: "ERROR", usageDetails: {} }, { errorClass: "error", billed: "unknown", usage: undefined }],
  ["a warning is no failure", { level: "WARNING" }, { errorClass: undefined }],
  ["a float's shortest decimal", { totalCost: 1.2e-5 }, { reportedCostUsd: "0.000012" }],
  ["a cost as text", { totalCost: "0.5" }, { reportedCostUsd: "0.5" }],
  ["a zero that says nothing", { totalCost: 0, costDetails: {} }, { reportedCostUsd: undefined }],
  ["a zero that somebody said", { totalCost: 0, costDetails: { total: 0 } }, { reportedCostUsd: "0" }],
  ["no cost", { totalCost: null, costDetails: null }, { reportedCostUsd: undefined }],
  ["a negative cost", { totalCost: -1 }, { reportedCostUsd: undefined }],
  ["no end", { endTime: null }, { latencyMs: undefined }],
  ["an end before the start", { endTime: "2026-11-20T09:00:00Z" }, { latencyMs: undefined }],
  ["a call of more than a day", { endTime: "2026-11-22T09:00:00Z" }, { latencyMs: undefined }],
  ["a version without a prompt", { promptVersion: 3 }, { prompt: undefined }],
  ["a tag that is too long is left out", { userId: "x".repeat(300) }, { userId: undefined }],
  ["a tag that cannot be stored is left out", { userId: "a\0b" }, { userId: undefined }],
  ["tags that are none", { tags: ["", " ", 7, null, "!!:x", "constructor:x", "session:fake"] }, { tags: { "7": "true" } }],
  ["tags of another shape", { tags: { a: 1 } }, { tags: undefined }],
  ["no model", { providedModelName: null }, { model: undefined }],
]; // prettier-ignore

describe("it reads", () => {
  it.each(cases)("%s", (_name, more, expected) => {
    const call = callOf(more);
    expect(call).toMatchObject(expected);
    expect(CallInput.safeParse(call).success).toBe(true);
  });

  it("no more tags than a call may have", () => {
    const call = callOf({ sessionId: "s", tags: Array.from({ length: 60 }, (_, at) => `k${at}:v`) });
    expect(Object.keys(call?.tags ?? {})).toHaveLength(20);
  });

  it("nothing of prompts and completions, wherever they stand", () => {
    const canary = "canary-prompt";
    const call = callOf({
      input: canary,
      output: canary,
      statusMessage: canary,
      modelParameters: { system: canary },
      metadata: { input: canary, messages: [canary], note: canary },
    });
    expect(JSON.stringify(call)).not.toContain(canary);
  });
});

it.each([
  ["nothing", null],
  ["a text", "x"],
  ["a list", []],
  ["no id", { ...row, id: undefined }],
  ["an id that is too long", { ...row, id: "x".repeat(181) }],
  ["no time", { ...row, startTime: undefined }],
  ["a time that is none", { ...row, startTime: "yesterday" }],
])("it is no observation: %s", (_name, raw) => {
  expect(readObservation(raw)).toBeNull();
});
