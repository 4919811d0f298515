import { describe, expect, it } from "vitest";
import { parseFunctions } from "./functions";

const now = new Date("2026-03-01T00:00:00Z");
const config = (extra: object) => ({
  id: "app-job",
  name: "job",
  triggers: [{ event: "a/b" }],
  steps: { step: { id: "step", name: "step", runtime: { type: "http", url: "http://x" } } },
  ...extra,
});

it("reads triggers, tries and limits", () => {
  const steps = { step: { retries: { attempts: 0 } } };
  const triggers = [
    { cron: "TZ=Asia/Kolkata 0 0 * * *" },
    { event: "a/b", expression: "event.data.id == 'x'" },
  ];
  const concurrency = [{ limit: 1, key: "event.data.tenantId" }, { limit: 0 }];
  expect(parseFunctions([config({ steps, triggers, concurrency })], now)).toEqual([
    {
      id: "app-job",
      crons: ["TZ=Asia/Kolkata 0 0 * * *"],
      events: [{ name: "a/b", condition: "event.data.id == 'x'" }],
      maxAttempts: 1,
      limits: [{ limit: 1, key: "event.data.tenantId" }],
      idempotency: null,
    },
  ]);
});

it("tries five times unless told otherwise, as Inngest does", () => {
  expect(parseFunctions([config({})], now)[0]?.maxAttempts).toBe(5);
});

describe("refuses, naming the function, what it would not honour:", () => {
  it.each([
    ["debounce", { debounce: { period: "1m" } }, /app-job.*debounce/],
    ["throttle", { throttle: { limit: 1, period: "1m" } }, /app-job.*throttle/],
    ["cancellation", { cancel: [{ event: "a/c" }] }, /app-job.*cancel/],
    ["a limit over all functions", { concurrency: { limit: 1, scope: "account" } }, /app-job.*concurrency/],
    [
      "a computed key",
      { concurrency: { limit: 1, key: "event.data.a + event.data.b" } },
      /app-job.*expression/,
    ],
    [
      "a computed condition",
      { triggers: [{ event: "a/b", expression: "event.data.n > 1" }] },
      /app-job.*condition/,
    ],
    ["a pattern of events", { triggers: [{ event: "a/*" }] }, /app-job.*pattern/],
    ["a bad cron", { triggers: [{ cron: "often" }] }, /./],
  ])("%s", (_name, extra, message) => {
    expect(() => parseFunctions([config(extra)], now)).toThrow(message);
  });
});
