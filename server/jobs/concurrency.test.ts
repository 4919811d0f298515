import { describe, expect, it } from "vitest";
import { chooseRuns, concurrencyKey, type Placed } from "./concurrency";
import type { JobFunction, Limit } from "./functions";

const fn = (limits: Limit[]): JobFunction => ({
  id: "f",
  crons: [],
  events: [],
  maxAttempts: 1,
  limits,
  idempotency: null,
});
const perTenant: Limit = { limit: 1, key: "event.data.tenantId" };
const event = (tenantId: string) => ({ id: "e", name: "a/b", data: { tenantId }, ts: 0 });

function choose(limits: Limit[], due: string[], busy: string[], places = 10): string[] {
  const job = fn(limits);
  const placed = (tenant: string, index: number): Placed => ({
    id: `${tenant}${String(index)}`,
    functionId: "f",
    concurrencyKey: concurrencyKey(job, event(tenant)),
  });
  return chooseRuns(due.map(placed), busy.map(placed), new Map([["f", job]]), places).map(({ id }) => id);
}

describe("chooseRuns", () => {
  it.each([
    ["no limits", [], ["a", "a", "b"], [], ["a0", "a1", "b2"]],
    ["one a tenant", [perTenant], ["a", "a", "b"], [], ["a0", "b2"]],
    ["one a tenant, a is busy", [perTenant], ["a", "a", "b"], ["a"], ["b2"]],
    ["two in all", [{ limit: 2, key: null }], ["a", "a", "b"], [], ["a0", "a1"]],
    ["two in all, one busy", [{ limit: 2, key: null }], ["a", "a", "b"], ["c"], ["a0"]],
    [
      "one a tenant and two in all",
      [perTenant, { limit: 2, key: null }],
      ["a", "a", "b", "c"],
      [],
      ["a0", "b2"],
    ],
  ])("%s", (_name, limits, due, busy, chosen) => {
    expect(choose(limits, due, busy)).toEqual(chosen);
  });

  it("fills the free places only", () => {
    expect(choose([], ["a", "b", "c"], [], 2)).toEqual(["a0", "b1"]);
  });

  it("lets runs of a function that is gone through, so that they can be ended", () => {
    const run = { id: "x", functionId: "gone", concurrencyKey: "" };
    expect(chooseRuns([run], [], new Map(), 1)).toEqual([run]);
  });
});
