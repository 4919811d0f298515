import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { Client } from "pg";
import { beforeAll, expect, it, vi } from "vitest";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { sumRecentDays } from "@/server/rollups/sum-recent-days";
import { asAdmin, contextOf, loadPrices, system } from "../factories/tenant";
import { testDatabase } from "../setup/database";
import { type History, history } from "./histories";
import { differencesSql, rollupHashSql } from "./plain-sums";
import { now, play, type Played } from "./play";
import { sized } from "../setup/size";

// Transactions are held open beside others, so more connections than usual.
vi.hoisted(() => (process.env.DATABASE_POOL_SIZE = "12"));

const seed = 20261120;
const atOnce = 3;
const wanted = sized(1_000, 150);

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2025-12-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await work(next);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const tenantOf = (id: string, timeZone: string): Tenant => ({
  id,
  slug: id,
  name: id,
  timeZone,
  latencyBufferMinutes: 60,
});

/** Plays every history, each as a tenant of its own. @returns what was played, and the histories by tenant */
async function playAll(histories: readonly History[], sabotage?: () => Promise<void>) {
  const byTenant = new Map<string, History>(histories.map((story) => [randomUUID(), story]));
  await asAdmin(
    "INSERT INTO tenant (tenant_id, slug, name, time_zone) SELECT id, id, id, zone FROM unnest($1::uuid[], $2::text[]) AS t (id, zone)",
    [[...byTenant.keys()], histories.map(({ timeZone }) => timeZone)],
  );
  const sum: Played = { acknowledged: 0, kills: 0, rollUps: 0 };
  await inParallel([...byTenant], async ([id, story]) => {
    const played = await play(tenantOf(id, story.timeZone), id.slice(0, 8), story, sabotage);
    sum.acknowledged += played.acknowledged;
    sum.kills += played.kills;
    sum.rollUps += played.rollUps;
  });
  return { byTenant, ...sum };
}

const faults = async () => (await asAdmin<{ fault: string }>(differencesSql)).map(({ fault }) => fault);
const hash = async () => (await asAdmin<{ hash: string }>(rollupHashSql))[0]?.hash;

it(
  `equals the ledger in ${wanted} random histories, and a second run changes nothing`,
  { timeout: 600_000 },
  async () => {
    const { byTenant, acknowledged, kills, rollUps } = await playAll(
      fc.sample(history, { seed, numRuns: wanted }),
    );
    const different = await faults();
    const firstOf = /of (\S+)/.exec(different[0] ?? "")?.[1] ?? "";
    expect(different, JSON.stringify(byTenant.get(firstOf))).toEqual([]);
    expect(await asAdmin("SELECT count(*)::int AS calls FROM call")).toEqual([{ calls: acknowledged }]);
    expect(await asAdmin("SELECT count(*)::int AS marks FROM rollup_dirty")).toEqual([{ marks: 0 }]);

    const before = await hash();
    // Every hour is marked again: recomputed, not added.
    await asAdmin(
      "INSERT INTO rollup_dirty (tenant_id, hour) SELECT DISTINCT tenant_id, date_trunc('hour', occurred_at, 'UTC') FROM call",
    );
    const tenants = await asAdmin<{ id: string; zone: string }>(
      "SELECT tenant_id AS id, time_zone AS zone FROM tenant",
    );
    await inParallel(tenants, async ({ id, zone }) => {
      const ctx = contextOf(tenantOf(id, zone), system, now);
      await rollUp(ctx);
      await sumRecentDays(ctx);
    });
    expect(await hash()).toBe(before);
    expect(byTenant.size).toBe(wanted);
    console.info(
      `roll-up = raw: ${wanted} histories (seed ${seed}), ${acknowledged} calls, ${kills} kills, ${rollUps + tenants.length} roll-ups, 0 differences`,
    );
  },
);

/** Each falsifies the result of the test above a little; the comparison must see it. */
it.each([
  [
    "a cost by its last digit",
    "UPDATE rollup_slot SET cost_usd = cost_usd + 0.000000000000000001 WHERE ctid = (SELECT ctid FROM rollup_slot LIMIT 1)",
  ],
  [
    "one token",
    "UPDATE rollup_day SET reasoning_tokens = reasoning_tokens + 1 WHERE ctid = (SELECT ctid FROM rollup_day LIMIT 1)",
  ],
  ["a missing group", "DELETE FROM rollup_user_day WHERE ctid = (SELECT ctid FROM rollup_user_day LIMIT 1)"],
  [
    "the end of a run",
    "UPDATE rollup_run_day SET last_at = last_at + interval '1 microsecond' WHERE ctid = (SELECT ctid FROM rollup_run_day LIMIT 1)",
  ],
  [
    "a run that has parts and is said to have none",
    "UPDATE rollup_run_day r SET alone = true WHERE ctid = (SELECT min(ctid) FROM rollup_run_day GROUP BY tenant_id, run_id HAVING count(*) > 1 LIMIT 1)",
  ],
  ["a size of a run", "DELETE FROM rollup_run_size WHERE ctid = (SELECT ctid FROM rollup_run_size LIMIT 1)"],
  [
    "a call of a prompt's version",
    "UPDATE rollup_prompt_day SET calls = calls + 1 WHERE ctid = (SELECT ctid FROM rollup_prompt_day LIMIT 1)",
  ],
  [
    "the cause of a retry",
    "UPDATE rollup_retry_day SET cause = 'other' WHERE ctid = (SELECT ctid FROM rollup_retry_day WHERE cause <> '' LIMIT 1)",
  ],
  [
    "who bills a failure",
    "UPDATE rollup_failure_day SET billed = 'no' WHERE ctid = (SELECT ctid FROM rollup_failure_day WHERE billed = 'unknown' LIMIT 1)",
  ],
  ["a doubled group", "INSERT INTO rollup_slot SELECT tenant_id, slot, n + 1000, kind, provider, model, feature, team, environment, prompt_id, prompt_version, error_class, calls, fresh_input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, audio_input_tokens, visible_output_tokens, reasoning_tokens, audio_output_tokens, tool_units, cost_usd, unpriced_calls, unpriced_tokens, partial_calls, estimated_calls, reported_calls, error_calls, retry_calls, retry_cost_usd, latency_ms, latency_calls FROM rollup_slot LIMIT 1"], // prettier-ignore
  [
    "a tag's own slot",
    "UPDATE rollup_slot_by SET calls = calls + 1 WHERE ctid = (SELECT ctid FROM rollup_slot_by WHERE dimension = 'team' LIMIT 1)",
  ],
  [
    "a person's own day",
    "DELETE FROM rollup_day_by WHERE ctid = (SELECT ctid FROM rollup_day_by WHERE dimension = 'user_id' LIMIT 1)",
  ],
  ["a block", "DELETE FROM rollup_block WHERE ctid = (SELECT ctid FROM rollup_block WHERE days = 4 LIMIT 1)"],
  [
    "a wide block",
    "DELETE FROM rollup_block WHERE ctid = (SELECT ctid FROM rollup_block WHERE days = 64 LIMIT 1)",
  ],
  [
    "a person's wide block",
    "UPDATE rollup_block_by SET calls = calls + 1 WHERE ctid = (SELECT ctid FROM rollup_block_by WHERE days = 8 LIMIT 1)",
  ],
  [
    "a wide block that is not over",
    "UPDATE rollup_state SET blocks_to = '2000-01-01' WHERE tenant_id = (SELECT tenant_id FROM rollup_block WHERE days = 64 LIMIT 1)",
  ],
  [
    "a person's own block",
    "UPDATE rollup_block_by SET calls = calls + 1 WHERE ctid = (SELECT ctid FROM rollup_block_by WHERE dimension = 'account_id' LIMIT 1)",
  ],
  [
    "a person's recent days",
    "UPDATE rollup_block_by SET cost_usd = cost_usd + 0.000000000000000001 WHERE ctid = (SELECT ctid FROM rollup_block_by WHERE days = 89 LIMIT 1)",
  ],
  [
    "recent days of a feature's people",
    "DELETE FROM rollup_user_block WHERE ctid = (SELECT ctid FROM rollup_user_block WHERE days = 29 LIMIT 1)",
  ],
  [
    "recent days of another day",
    "UPDATE rollup_state SET recent_to = recent_to - 1 WHERE tenant_id = (SELECT tenant_id FROM rollup_block_by WHERE days = 29 LIMIT 1)",
  ],
  [
    "a feature's people",
    "UPDATE rollup_user_block SET calls = calls + 1 WHERE ctid = (SELECT ctid FROM rollup_user_block WHERE feature <> '' LIMIT 1)",
  ],
  [
    "a month of a feature's people",
    "DELETE FROM rollup_user_month WHERE ctid = (SELECT ctid FROM rollup_user_month LIMIT 1)",
  ],
  [
    "a feature's runs",
    "UPDATE rollup_run_total SET runs = runs + 1 WHERE ctid = (SELECT ctid FROM rollup_run_total WHERE dimension = 'feature' LIMIT 1)",
  ],
  ["a month", "DELETE FROM rollup_month WHERE ctid = (SELECT ctid FROM rollup_month LIMIT 1)"],
  [
    "a tag's own month",
    "UPDATE rollup_month_by SET cost_usd = cost_usd + 0.000000000000000001 WHERE ctid = (SELECT ctid FROM rollup_month_by WHERE dimension = 'all' LIMIT 1)",
  ],
  [
    "a day cut in another zone",
    "UPDATE tenant SET time_zone = 'Pacific/Kiritimati' WHERE time_zone = 'America/Havana'",
  ],
  ["a lost call", "DELETE FROM call WHERE call_id = (SELECT min(call_id) FROM call)"],
])("sees %s (mutation control)", async (_, sql) => {
  const client = new Client({ connectionString: testDatabase().adminUrl });
  await client.connect();
  await client.query("BEGIN");
  await client.query(sql);
  const { rows } = await client.query(differencesSql);
  await client.query("ROLLBACK");
  await client.end();
  expect(rows.length).toBeGreaterThan(0);
});

it("sees an ingest that forgets its marks (mutation control)", { timeout: 60_000 }, async () => {
  await playAll(fc.sample(history, { seed, numRuns: 20 }), async () => {
    await asAdmin("DELETE FROM rollup_dirty WHERE mark % 2 = 0");
  });
  expect((await faults()).length).toBeGreaterThan(0);
});
