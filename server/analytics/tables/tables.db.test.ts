import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import * as breakdowns from "../breakdown";
import { figureNames } from "../figures";
import * as spends from "../spend";
import { trend } from "../trend";
import { exportTable } from "./export";
import { rowsOfPage } from "./calls";

const { breakdown } = breakdowns;
const { spend } = spends;
const now = new Date("2026-11-20T12:00:00Z");
const range = { from: "2026-11-01", to: "2026-11-21" };
let tenant: Tenant;
const reader = () => contextOf(tenant, personWith("viewer"), now);

const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: "2026-11-20T11:00:00Z",
  provider: "openai",
  model: "gpt-4o",
  feature: "chat",
  usage: { inputTokens: 1000, outputTokens: 100 },
  ...more,
});

async function store(calls: unknown[]): Promise<void> {
  for (let from = 0; from < calls.length; from += 1000) {
    const answer = await recordCalls(contextOf(tenant, system, now), { calls: calls.slice(from, from + 1000) }, { source: "api" }); // prettier-ignore
    expect(answer.rejected).toEqual([]);
  }
  while ((await rollUp(contextOf(tenant, system, now))).more);
}

async function csv(table: string, input: unknown, bom = false) {
  const { body, ...facts } = await exportTable(reader(), { table, input, bom, onError: vi.fn() });
  const text = await new Response(body).text();
  return { ...facts, rows: parse<Record<string, string>>(text, { columns: true, record_delimiter: "\r\n" }) };
}
const cell = (value: string | number | null) => (value === null ? "" : String(value));

beforeAll(async () => {
  await loadPrices(now);
  tenant = await makeTenant({ slug: "acme" });
  await store([
    call("a", { userId: "u1" }),
    call("b", { feature: "=cmd|' /C calc'!A0", userId: "u2", occurredAt: "2026-11-10T11:00:00Z" }),
    call("c", { feature: 'say "hi", all', userId: "u1", attempt: 2 }),
    call("d", { feature: undefined }),
    call("e", { provider: "acme", model: "in-house-7b", errorClass: "timeout", billed: "unknown" }),
    ...Array.from({ length: 6_001 }, (_, n) => call(`bulk-${String(n)}`, { feature: `f${String(n % 40)}`, usage: { inputTokens: 1 + (n % 7), outputTokens: 1 } })), // prettier-ignore
  ]);
});

describe("breakdown", () => {
  it("has all groups and every digit of the API", async () => {
    const compare = { from: "2026-10-12", to: "2026-11-01" };
    const input = { ...range, groupBy: "feature", compare } as const;
    const [file, answer] = [
      await csv("breakdown", input),
      await breakdown(reader(), { ...input, limit: 10_000 }),
    ];
    expect(answer.groups).toBe(44);
    expect(file.rows).toEqual(
      answer.rows.map((row) => ({
        feature: row.key?.startsWith("=") ? `'${row.key}` : cell(row.key),
        ...Object.fromEntries(figureNames.map((name) => [name, cell(row.current[name])])),
        costShare: cell(row.costShare),
        callShare: cell(row.callShare),
        cumulativeShare: cell(row.cumulativeShare),
        changeUsd: cell(row.changeUsd),
        ...Object.fromEntries(
          figureNames.map((name) => [`previous${name.charAt(0).toUpperCase()}${name.slice(1)}`, cell(row.previous?.[name] ?? null)]),
        ),
      })),
    ); // prettier-ignore
    expect(file.fileName).toBe("acme-breakdown-2026-11-01-to-2026-11-20.csv");
    expect(file.watermark?.finalThrough).toBe("2026-11-20T11:00:00.000Z");
    const plain = await csv("breakdown", { ...range, groupBy: "feature" });
    expect(Object.keys(plain.rows[0] ?? {}).some((name) => name.startsWith("previous") || name === "changeUsd")).toBe(false); // prettier-ignore
  });

  it("keeps the filter and the order that is shown", async () => {
    const input = { ...range, groupBy: "user", filter: { feature: ["chat", null] }, order: "key" } as const;
    const file = await csv("breakdown", input);
    expect(file.rows.map(({ user, calls }) => [user, calls])).toEqual([["u1", "1"], ["", "2"]]); // prettier-ignore
  });
});

describe("breakdown of more groups than a page has", () => {
  it("breaks off when the figures changed between two pages", async () => {
    const answer = await breakdown(reader(), { ...range, groupBy: "feature" });
    const first = { ...answer, groups: 10_001 };
    const moved = { ...first, total: { ...first.total, changeUsd: "1" } };
    const asked = vi.spyOn(breakdowns, "breakdown");
    asked.mockResolvedValueOnce(first).mockResolvedValueOnce(first);
    expect((await csv("breakdown", { ...range, groupBy: "feature" })).rows).toHaveLength(
      answer.rows.length * 2,
    );
    expect(asked.mock.calls.map(([, input]) => input.offset)).toEqual([0, 10_000]);
    asked.mockResolvedValueOnce(first).mockResolvedValueOnce(moved);
    await expect(csv("breakdown", { ...range, groupBy: "feature" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    asked.mockRestore();
  });
});

describe("spend", () => {
  it("is the answer of the API, buckets and all", async () => {
    const input = { ...range, groupBy: "user", granularity: "day" } as const;
    const [file, answer] = [await csv("spend", input), await spend(reader(), input)];
    expect(file.rows.map(({ day, user, calls, costUsd }) => [day, user, calls, costUsd])).toEqual(
      answer.rows.map((row) => [row.bucket, cell(row.key), cell(row.calls), row.costUsd]),
    );
    expect(file.rows[0]).toHaveProperty("correctionsUsd", "");
  });

  it("refuses more rows than it can answer, rather than leaving some out", async () => {
    const hours = { from: "2025-11-01", to: "2026-11-21", groupBy: "feature", granularity: "hour" } as const;
    vi.spyOn(spends, "spend").mockResolvedValueOnce({
      ...(await spend(reader(), range)),
      truncated: true,
    });
    await expect(csv("spend", hours)).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
  });
});

describe("trend", () => {
  it("leaves gaps empty, and tells the compared stretch apart", async () => {
    const input = { from: "2026-11-09", to: "2026-11-23", granularity: "day", compare: { from: "2026-10-26", to: "2026-11-09" } } as const; // prettier-ignore
    const [file, answer] = [await csv("trend", input), await trend(reader(), input)];
    expect(file.rows.map(({ stretch, day, costUsd }) => [stretch, day, costUsd])).toEqual([
      ...answer.buckets.map((day, at) => ["current", day, cell(answer.series[0]?.points[at]?.costUsd ?? null)]),
      ...(answer.previous?.buckets ?? []).map((day, at) => ["previous", day, cell(answer.previous?.points[at]?.costUsd ?? null)]),
    ]); // prettier-ignore
    const costOf = (day: string) => file.rows.find((row) => row["day"] === day)?.["costUsd"];
    expect([costOf("2026-11-09"), costOf("2026-11-10"), costOf("2026-11-12"), costOf("2026-11-22")]).toEqual(["", "0.0035", "0", ""]); // prettier-ignore
  });

  it("names groups, and marks the others as such", async () => {
    const { rows } = await csv("trend", { ...range, granularity: "month", groupBy: "feature", top: 2 });
    expect(rows.map(({ isRest }) => isRest)).toEqual(["false", "false", "true"]);
    const calls = rows.reduce((sum, row) => sum + Number(row["calls"]), 0);
    expect(calls).toBe(6_006);
  });
});

describe("calls", () => {
  it.each(["newest", "dearest"] as const)("has every call once, %s first, over many pages", async (order) => {
    const { rows, watermark } = await csv("calls", {
      order,
      from: "2026-11-01T00:00:00Z",
      to: "2026-11-21T00:00:00Z",
    });
    const by = order === "newest" ? "occurred_at DESC, call_id DESC" : "coalesce(cost_usd, -1) DESC, occurred_at DESC, call_id DESC"; // prettier-ignore
    const ledger = await asAdmin<{ id: string; usd: string | null; input: string }>(
      `SELECT call_id AS id, trim_scale(cost_usd)::text AS usd, (fresh_input_tokens + cache_read_tokens)::text AS input FROM call WHERE tenant_id = $1 ORDER BY ${by}`,
      [tenant.id],
    );
    expect(ledger.length).toBeGreaterThan(rowsOfPage[order]);
    expect(rows.map(({ id, costUsd, inputTokens }) => [id, costUsd, inputTokens])).toEqual(
      ledger.map(({ id, usd, input }) => [id, usd ?? "", input]),
    );
    expect(watermark).toBeNull();
  });

  it("is what the list's filter leaves", async () => {
    const { rows } = await csv("calls", { filter: { onlyRetries: true } });
    expect(rows.map(({ id, feature, attempt }) => [id, feature, attempt])).toEqual([
      ["c", 'say "hi", all', "2"],
    ]);
  });

  it("asks for a page only when the one before is read", async () => {
    const ctx = reader();
    const read = vi.spyOn(ctx.db, "read");
    const { body } = await exportTable(ctx, { table: "calls", input: {}, bom: false, onError: vi.fn() });
    const pages = body.getReader();
    await pages.read();
    expect(read).toHaveBeenCalledTimes(1);
    await pages.read();
    expect(read).toHaveBeenCalledTimes(2);
    await pages.cancel();
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("breaks off when the database goes away midway", async () => {
    const ctx = reader();
    const onError = vi.fn();
    const { body } = await exportTable(ctx, { table: "calls", input: {}, bom: false, onError });
    vi.spyOn(ctx.db, "read").mockRejectedValue(new Error("gone"));
    await expect(new Response(body).text()).rejects.toThrow("gone");
    expect(onError).toHaveBeenCalledOnce();
  });
});

describe("exportTable", () => {
  it.each([
    ["a table that there is not", "constructor", {}, "NOT_FOUND"],
    ["no question", "spend", null, "INVALID_INPUT"],
    ["a field that there is not", "calls", { cursor: "x" }, "INVALID_INPUT"],
    ["a range that is none", "trend", { from: "2026-11-02", to: "2026-11-01", granularity: "day" }, "INVALID_INPUT"],
  ])("refuses %s", (_case, table, input, code) => expect(csv(table, input)).rejects.toMatchObject({ code })); // prettier-ignore

  it("asks for the right of the table", async () => {
    const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
    await expect(exportTable(ingest, { table: "calls", input: {}, bom: false, onError: vi.fn() })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
  });

  it("names a single day once, and instants by their days", async () => {
    expect((await csv("spend", { from: "2026-11-20", to: "2026-11-21" })).fileName).toBe(
      "acme-spend-2026-11-20.csv",
    );
    expect((await csv("spend", { from: "2026-11-19T10:00:00Z", to: "2026-11-20T10:00:00Z" })).fileName).toBe("acme-spend-2026-11-19-to-2026-11-20.csv"); // prettier-ignore
  });
});
