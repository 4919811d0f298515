import { beforeEach, expect, it, vi } from "vitest";
import type { PullResult } from "@/server/sources/pull";

const results: PullResult[] = [];
const asked: unknown[] = [];
vi.mock("@/server/log", () => ({ logger: { child: () => console } }));
vi.mock("@/server/system-context", () => ({
  systemContext: (tenantId: string) => Promise.resolve({ tenantId }),
}));
vi.mock("@/server/sources/pull", () => ({
  pullSource: (ctx: unknown, input: unknown) => {
    asked.push([ctx, input]);
    return Promise.resolve(results.shift() ?? { more: true, waitSeconds: null });
  },
}));
const { pullFromSource } = await import("./pull-source");

type Run = (input: { event: { data: unknown }; step: object }) => Promise<unknown>;
const slept: unknown[] = [];
const step = {
  run: (_name: string, work: () => unknown) => Promise.resolve(work()),
  sleep: (name: string, ms: number) => Promise.resolve(void slept.push([name, ms])),
};
const run = () =>
  (Reflect.get(pullFromSource, "fn") as Run)({ event: { data: { tenantId: "t", connectionId: "c" } }, step });
const more = { more: true, waitSeconds: null };

beforeEach(() => {
  for (const list of [results, asked, slept]) list.length = 0;
});

it("goes on until there is no more, for the tenant and connection of its event", async () => {
  results.push(more, more, { more: false, waitSeconds: null });
  expect(await run()).toEqual({ parts: 3 });
  expect(asked[0]).toEqual([{ tenantId: "t" }, { connectionId: "c" }]);
  expect(slept).toEqual([]);
});

it("waits as long as it is told to, without holding a place", async () => {
  results.push({ more: true, waitSeconds: 30 }, { more: false, waitSeconds: null });
  expect(await run()).toEqual({ parts: 2 });
  expect(slept).toEqual([["wait-1", 30_000]]);
});

it("leaves long waits, and what is left of a long history, to the next hour", async () => {
  results.push({ more: true, waitSeconds: 301 });
  expect(await run()).toEqual({ parts: 1 });
  expect(slept).toEqual([]);
  expect(await run()).toEqual({ parts: 60 });
});
