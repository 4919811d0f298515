import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import {
  asAdmin,
  contextOf,
  ingestKey,
  loadPrices,
  makeTenant,
  personWith,
  system,
} from "@/tests/factories/tenant";
import { createReader } from "./create";
import { readyQuestions } from "./questions";
import { revokeReader } from "./revoke";

// The questions ask for the last days, by the database's own clock.
const now = new Date();
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
const usage = { inputTokens: 1000, outputTokens: 100, cacheReadTokens: 400 };

/** Of everything that a figure could go wrong by: shares, retries, errors, no price, no tag, days of the zone. */
const calls = (scale: number) => [
  ...Array.from({ length: 40 }, (_, n) => ({
    id: `plain-${n}`,
    occurredAt: hoursAgo(n * 7 + 1),
    provider: "openai",
    model: n % 3 === 0 ? "gpt-4o" : "gpt-4o-mini",
    feature: ["chat", "search", undefined][n % 3],
    team: n % 2 === 0 ? "core" : undefined,
    userId: `user-${n % 7}`,
    accountId: `account-${n % 2}`,
    prompt: n % 4 === 0 ? undefined : { id: "greeting", version: `v${n % 2}` },
    runId: `run-${n % 5}`,
    latencyMs: 100 + n,
    attempt: n % 6 === 0 ? 2 : 1,
    ...(n % 9 === 0 && { errorClass: "timeout" }),
    usage: { ...usage, inputTokens: 1000 * scale + n },
  })),
  ...Array.from({ length: 6 }, (_, n) => ({
    id: `unknown-${n}`,
    occurredAt: hoursAgo(n * 20 + 2),
    provider: "in-house",
    model: "acme-7b",
    feature: "unpriced-feature",
    userId: "user-0",
    prompt: { id: "greeting", version: "unpriced" },
    usage,
  })),
  {
    id: "shared",
    occurredAt: hoursAgo(3),
    provider: "openai",
    model: "gpt-4o",
    usage: { inputTokens: 999, outputTokens: 101 },
    shares: [
      { userId: "user-1", feature: "chat", weight: 0.5 },
      { userId: "user-2", feature: "search", weight: 0.3 },
      { userId: "user-3", weight: 0.2 },
    ],
  },
];

interface Party {
  tenant: Tenant;
  readerId: string;
  client: Client;
}
async function makeParty(timeZone: string, scale: number): Promise<Party> {
  const tenant = await makeTenant({ timeZone });
  const answer = await recordCalls(
    contextOf(tenant, ingestKey, now),
    { calls: calls(scale) },
    { source: "api" },
  );
  expect(answer).toMatchObject({ accepted: 47, rejected: [] });
  while ((await rollUp(contextOf(tenant, system, now))).more);
  const reader = await createReader(contextOf(tenant, personWith("owner"), now), { name: "BI" });
  const client = new Client({ connectionString: reader.url });
  await client.connect();
  return { tenant, readerId: reader.id, client };
}

let ada: Party;
let bob: Party;
beforeAll(async () => {
  await loadPrices(now);
  ada = await makeParty("Asia/Kolkata", 1);
  bob = await makeParty("America/New_York", 3);
});
afterAll(async () => {
  for (const party of [ada, bob]) {
    const { tenant, client, readerId } = party;
    await client.end();
    await revokeReader(contextOf(tenant, personWith("owner"), now), { id: readerId });
  }
});

const asReader = async (party: Party, sql: string) => (await party.client.query<{ row: string }>(sql)).rows.map(({ row }) => row); // prettier-ignore
const asOwner = async ({ tenant }: Party, sql: string) =>
  (await asAdmin<{ row: string }>(sql.replaceAll(":tenant", `'${tenant.id}'`).replaceAll(":zone", `'${tenant.timeZone}'`))).map(({ row }) => row); // prettier-ignore

const plainMeasures = `count(*) FILTER (WHERE share_no IS NULL OR share_no = 1),
  sum(fresh_input_tokens::numeric + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens),
  sum(visible_output_tokens::numeric + reasoning_tokens + audio_output_tokens), sum(cache_read_tokens::numeric),
  sum(cost_usd), count(*) FILTER (WHERE cost_usd IS NULL AND (share_no IS NULL OR share_no = 1)),
  count(*) FILTER (WHERE error_class IS NOT NULL AND (share_no IS NULL OR share_no = 1)),
  count(*) FILTER (WHERE attempt > 1 AND (share_no IS NULL OR share_no = 1)),
  coalesce(sum(cost_usd) FILTER (WHERE attempt > 1), 0)`;
const viewMeasures =
  "calls, input_tokens, output_tokens, cache_read_tokens, cost_usd, unpriced_calls, error_calls, retry_calls, retry_cost_usd";

/** A row as text, numbers without the zeros that say nothing. */
const textOf = (columns: string[]) =>
  `concat_ws('|', ${columns.map((column) => `coalesce((${column})::text, 'NULL')`).join(", ")}) AS row`;
const number = (expression: string) => `trim_scale((${expression})::numeric)`;
const measuresText = (list: string) =>
  list
    .split(/,(?![^(]*\))/)
    .map((one) => one.trim())
    .map(number);

describe.each([
  ["daily_cost", ["provider", "model", "feature", "team", "environment"]],
  ["features", ["feature"]],
  ["users", ["user_id", "account_id"]],
  ["prompts", ["prompt_id", "prompt_version"]],
])("bi.%s", (view, tags) => {
  it.each(["ada", "bob"] as const)(
    "is a plain GROUP BY over the raw calls of %s, to the last digit",
    async (name) => {
      const party = name === "ada" ? ada : bob;
      const shown = await asReader(party, `SELECT ${textOf(["day", ...tags, ...measuresText(viewMeasures)])} FROM bi.${view} ORDER BY 1`); // prettier-ignore
      const plain = await asOwner(party, `SELECT ${textOf(["d", ...tags, ...measuresText("m1, m2, m3, m4, m5, m6, m7, m8, m9")])} FROM (
        SELECT (occurred_at AT TIME ZONE :zone)::date, ${tags.map((tag) => `nullif(${tag}, '')`).join(", ")}, ${plainMeasures}
        FROM call WHERE tenant_id = :tenant GROUP BY 1, ${tags.map((_, at) => at + 2).join(", ")}
      ) AS plain (d, ${tags.join(", ")}, m1, m2, m3, m4, m5, m6, m7, m8, m9) ORDER BY 1`); // prettier-ignore
      expect(shown).toEqual(plain);
      expect(shown.length).toBeGreaterThan(5);
    },
  );
});

describe("bi.calls", () => {
  it("has each row of the ledger, and counts a call that served several once", async () => {
    const columns = ["timestamp", "id", "user_id", "feature", "prompt_version", "input_tokens", "output_tokens", "cost_usd", "price_status", "attempt", "latency_ms", "run_id", "share_of"]; // prettier-ignore
    const shown = await asReader(ada, `SELECT ${textOf(columns)} FROM bi.calls ORDER BY 1`);
    const plain = await asOwner(ada, `SELECT ${textOf(["occurred_at", "call_id", ...columns.slice(2, 5),
      "fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens",
      "visible_output_tokens + reasoning_tokens + audio_output_tokens", ...columns.slice(7)])} FROM call WHERE tenant_id = :tenant ORDER BY 1`); // prettier-ignore
    expect(shown).toEqual(plain);
    expect(await asReader(ada, "SELECT concat_ws('|', count(*), sum(calls)) AS row FROM bi.calls")).toEqual(["49|47"]); // prettier-ignore
  });

  it("adds up to the same cost as the days do", async () => {
    const sums = ["calls", "daily_cost", "features", "users", "prompts"].map(
      (view) => `SELECT '${view}' AS view, sum(cost_usd) AS usd, sum(calls) AS calls FROM bi.${view}`,
    );
    const { rows } = await bob.client.query<{ usd: string; calls: string }>(sums.join(" UNION ALL "));
    expect(new Set(rows.map(({ usd, calls: n }) => `${usd} ${n}`)).size).toBe(1);
    expect(Number(rows[0]?.usd)).toBeGreaterThan(0);
  });
});

it("shows no price as null, and never as 0", async () => {
  const rows = await asReader(ada, "SELECT concat_ws('|', coalesce(cost_usd::text, 'NULL'), unpriced_calls > 0) AS row FROM bi.features WHERE feature = 'unpriced-feature'"); // prettier-ignore
  expect(new Set(rows)).toEqual(new Set(["NULL|t"]));
});

it("shows corrections beside the calls, in the month in which they were booked", async () => {
  const runId = "00000000-0000-4000-8000-0000000000aa";
  await asAdmin(`INSERT INTO reprice_run (tenant_id, id, reason, scope, known_at, state, requested_by, requested_at, progressed_at)
    VALUES ($1, $2, 'x', '{}', now(), 'done', 'x', now(), now())`, [ada.tenant.id, runId]); // prettier-ignore
  await asAdmin(`INSERT INTO call_correction (tenant_id, occurred_at, call_id, run_id, booked_at, month, cost_usd, delta_usd, price_status, kind, provider, model, feature)
    VALUES ($1, '2026-01-05Z', 'closed', $2, '2026-11-02Z', '2026-01-01', 3, 1.25, 'priced', 'llm', 'openai', 'gpt-4o', '')`, [ada.tenant.id, runId]); // prettier-ignore
  const sql =
    "SELECT concat_ws('|', month, id, delta_usd, coalesce(feature, 'NULL')) AS row FROM bi.corrections";
  expect(await asReader(ada, sql)).toEqual(["2026-01-01|closed|1.250000000000000000|NULL"]);
  expect(await asReader(bob, sql)).toEqual([]);
});

describe("the ready questions", () => {
  /** As Grafana puts the dashboard's range where its macro stands. */
  const expanded = (sql: string) =>
    sql.replace(/\$__timeFilter\((\w+)\)/g, (_, column: string) => `${column} BETWEEN '${hoursAgo(29 * 24)}' AND '${now.toISOString()}'`); // prettier-ignore

  it.each(readyQuestions.flatMap(({ id, metabase, grafana }) => [[id, "Metabase", metabase], [id, "Grafana", expanded(grafana)]]))("%s runs in %s", async (_id, tool, sql = "") => {
    expect(sql).not.toContain("$__");
    const { rows, fields } = await ada.client.query<Record<string, unknown>>(sql);
    expect(rows.length).toBeGreaterThanOrEqual(3);
    if (tool === "Grafana" && fields[0]?.name === "time") expect(rows[0]?.time).toBeInstanceOf(Date);
  }); // prettier-ignore

  const sqlOf = (id: string) => readyQuestions.find((one) => one.id === id)?.metabase ?? "";
  const answer = async (id: string) =>
    (await ada.client.query<Record<string, string | null>>(sqlOf(id))).rows;

  it("tell the dearest users with their share of everybody's cost", async () => {
    const rows = await answer("dearest-users");
    const costs = rows.map(({ cost_usd: usd }) => Number(usd));
    expect(costs).toEqual([...costs].sort((one, other) => other - one));
    expect(rows.reduce((sum, { share }) => sum + Number(share), 0)).toBeCloseTo(1, 5);
    const plain = await asOwner(ada, "SELECT user_id AS row FROM call WHERE tenant_id = :tenant GROUP BY 1 ORDER BY sum(cost_usd) DESC LIMIT 1"); // prettier-ignore
    expect(rows[0]?.user_id).toBe(plain[0]);
  });

  it("tell what a call of a prompt's version costs, of the calls that have a price", async () => {
    const asked = await asReader(ada, `SELECT concat_ws(' ', prompt_version, coalesce(round(cost_per_call, 15)::text, 'NULL')) AS row
      FROM (${sqlOf("cost-per-call-by-prompt-version")}) AS question ORDER BY 1`); // prettier-ignore
    const plain = await asOwner(ada, `SELECT concat_ws(' ', prompt_version, coalesce(round(avg(cost_usd), 15)::text, 'NULL')) AS row
      FROM call WHERE tenant_id = :tenant AND prompt_id IS NOT NULL GROUP BY prompt_version ORDER BY 1`); // prettier-ignore
    expect(asked).toEqual(plain);
    expect(asked).toContain("unpriced NULL");
  });

  it("tell the cost of each feature and day, and no cost of those without a price", async () => {
    const rows = await answer("cost-by-feature-by-day");
    const sum = rows.reduce((all, { cost_usd: usd }) => all + Number(usd ?? 0), 0);
    const [plain = ""] = await asOwner(ada, "SELECT sum(cost_usd)::text AS row FROM call WHERE tenant_id = :tenant"); // prettier-ignore
    expect(sum).toBeCloseTo(Number(plain), 9);
    expect(rows.filter(({ feature }) => feature === "unpriced-feature").map(({ cost_usd: usd }) => usd)).toContain(null); // prettier-ignore
  });
});
