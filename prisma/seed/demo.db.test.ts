import { beforeAll, describe, expect, it } from "vitest";
import { evaluate } from "@/server/alerts/evaluate";
import { cadences } from "@/server/alerts/schemas";
import { priceNotices } from "@/server/analytics/price-notices";
import { listBudgets } from "@/server/budgets/list";
import { localDay } from "@/server/calendar/local-day";
import { withClient } from "@/server/launch/provision";
import { verifyKey } from "@/server/keys/verify";
import { Usd } from "@/server/prices/decimal";
import { billMonth } from "@/server/provider-bills/month";
import { systemContext } from "@/server/system-context";
import { testDatabase } from "@/tests/setup/database";
import { type DemoFacts, seedDemo } from "./demo";
import { instantDaysAgo } from "./rhythm";
import { stories } from "./stories";

// One moment, so that what small numbers of calls come to is the same at every run.
const now = new Date("2026-11-20T15:20:00Z");
const daysAgo = (days: number, hour = 0) => instantDaysAgo(now, "America/New_York", days, hour);

let facts: DemoFacts;
const steps: number[] = [];
beforeAll(async () => {
  facts = await seedDemo({ now, calls: 15_000, progress: (done, total) => steps.push(done / total) });
});

/** Figures of one row, over the main tenant's ledger. */
function figures(select: string, where = "true", values: unknown[] = []): Promise<Record<string, number>> {
  const sql = `SELECT ${select} FROM call JOIN tenant t USING (tenant_id) WHERE t.slug = 'demo' AND ${where}`;
  return rowOf(sql, values);
}

function demoTenantId(): Promise<string> {
  return withClient(testDatabase().adminUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "SELECT tenant_id AS id FROM tenant WHERE slug = 'demo'",
    );
    return rows[0]?.id ?? "";
  });
}

function rowOf(sql: string, values: unknown[] = []): Promise<Record<string, number>> {
  return withClient(testDatabase().adminUrl, async (client) => {
    const { rows } = await client.query<Record<string, string | null>>(sql, values);
    return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]));
  });
}

it("the review of the month before names the features that nobody uses", async () => {
  const names = stories.unusedFeatures.features;
  const found = await rowOf(
    `SELECT count(*) FILTER (WHERE is_bottom AND feature = ANY ($1)) AS dead, count(*) FILTER (WHERE is_bottom) AS bottom,
       count(*) AS ranked FROM kill_review_item`,
    [names],
  );
  expect(found.dead).toBe(names.length);
  expect(found.bottom).toBeLessThanOrEqual((found.ranked ?? 0) / 2);
});

describe("the demo's stories show in the ledger", () => {
  it("a retry loop: nearly every call of that night is a retry", async () => {
    const story = stories.retryLoop;
    const night = await figures(
      "count(*) AS calls, count(*) FILTER (WHERE attempt > 1) AS retries, sum(cost_usd) AS usd",
      "feature = $1 AND occurred_at >= $2 AND occurred_at < $3",
      [
        story.feature,
        daysAgo(story.daysAgo, story.fromHour),
        daysAgo(story.daysAgo, story.fromHour + story.hours),
      ],
    );
    expect(night.calls).toBeGreaterThanOrEqual(story.requests * story.attempts);
    expect((night.retries ?? 0) / (night.calls ?? 1)).toBeGreaterThan(0.95);
    const before = await figures(
      "coalesce(sum(cost_usd), 0) AS usd",
      "feature = $1 AND occurred_at >= $2 AND occurred_at < $3",
      [story.feature, daysAgo(story.daysAgo + 1), daysAgo(story.daysAgo)],
    );
    expect(night.usd).toBeGreaterThan(before.usd ?? 0);
  });

  it("a prompt version that doubled its tokens", async () => {
    const story = stories.heavierPrompt;
    const perCall = (version: string) =>
      figures(
        "sum(fresh_input_tokens + visible_output_tokens) / count(*) AS tokens",
        "prompt_id = $1 AND prompt_version = $2 AND error_class IS NULL",
        [story.promptId, version],
      );
    const [before, after] = [await perCall(story.before), await perCall(story.after)];
    expect((after.tokens ?? 0) / (before.tokens ?? 1)).toBeCloseTo(story.tokenFactor, 0);
    const started = await figures(
      "extract(epoch FROM min(occurred_at)) AS at",
      "prompt_id = $1 AND prompt_version = $2",
      [story.promptId, story.after],
    );
    expect((started.at ?? 0) * 1000 - daysAgo(story.daysAgo).getTime()).toBeLessThan(4 * 86_400_000);
  });

  it("expensive users who left", async () => {
    const { users, leftDaysAgo } = stories.expensiveLeavers;
    const left = daysAgo(leftDaysAgo);
    const since = await figures("count(*) AS calls", "user_id = ANY ($1) AND occurred_at >= $2", [
      users,
      left,
    ]);
    expect(since.calls).toBe(0);
    const leaders = await rowOf(
      `SELECT count(*) FILTER (WHERE user_id = ANY ($1)) AS found FROM (SELECT user_id FROM call JOIN tenant t USING (tenant_id)
       WHERE t.slug = 'demo' AND user_id IS NOT NULL AND occurred_at < $2 GROUP BY 1 ORDER BY sum(cost_usd) DESC NULLS LAST LIMIT 5) AS top`,
      [users, left],
    );
    expect(leaders.found).toBe(users.length);
  });

  it("features that nobody uses", async () => {
    const all = await figures("count(*) AS calls", "feature = ANY ($1)", [stories.unusedFeatures.features]);
    expect(all.calls).toBeLessThan(60);
  });

  it("unattributed calls", async () => {
    const { share } = await figures("avg((feature IS NULL)::int) AS share");
    // Of the everyday calls; the other stories' own calls dilute it in so small a demo.
    expect(Math.abs((share ?? 0) - stories.unattributed.share)).toBeLessThan(0.012);
  });

  it("a price change: the same bucket at half the rate", async () => {
    const story = stories.priceChange;
    const rate = (side: string) =>
      figures(
        `sum(cost_usd) / sum(fresh_input_tokens * 0.3 + visible_output_tokens * 1.2) * 1000000 AS factor`,
        `model = $1 AND error_class IS NULL AND occurred_at ${side} $2`,
        [story.model, daysAgo(story.daysAgo)],
      );
    expect((await rate("<")).factor).toBeCloseTo(2, 9);
    expect((await rate(">=")).factor).toBeCloseTo(1, 9);
  });

  it("a discount that ends: told as a notice, and in the price of every call of that provider", async () => {
    const story = stories.endingDiscount;
    const found = await figures(
      "count(*) AS calls, count(price_rule_id) AS discounted",
      "provider = $1 AND error_class IS NULL",
      [story.provider],
    );
    expect(found.calls).toBeGreaterThan(500);
    expect(found.discounted).toBe(found.calls);
    const ctx = await systemContext(await demoTenantId(), "test", { now });
    const { notices } = await priceNotices(ctx);
    expect(notices.map(({ at }) => at)).toEqual([daysAgo(-story.endsInDays).toISOString()]);
    const [notice] = notices;
    expect(notice?.lines.every(({ provider }) => provider === story.provider)).toBe(true);
    const after = notice?.lines.reduce((total, line) => total.plus(line.afterUsd ?? 0), new Usd(0));
    // Nine tenths before, the whole after.
    expect(
      new Usd(notice?.deltaUsd ?? 0)
        .toDecimalPlaces(12)
        .eq((after ?? new Usd(0)).times("0.1").toDecimalPlaces(12)),
    ).toBe(true);
    expect(Number(notice?.deltaUsd)).toBeGreaterThan(0);
  });

  it("late events", async () => {
    const story = stories.lateEvents;
    const late = await figures(
      "count(*) AS calls, min(extract(epoch FROM received_at - occurred_at)) AS seconds",
      "feature = $1 AND occurred_at >= $2 AND occurred_at < $3",
      [
        story.feature,
        daysAgo(story.daysAgo, story.fromHour),
        daysAgo(story.daysAgo, story.fromHour + story.hours),
      ],
    );
    if (late.calls) expect(late.seconds).toBeGreaterThanOrEqual(story.lateDays * 86_400);
  });

  it("a model without a price: counted, not free", async () => {
    const story = stories.unpricedModel;
    const found = await figures(
      "count(*) AS calls, count(cost_usd) AS priced",
      "provider = $1 AND error_class IS NULL",
      [story.provider],
    );
    expect(found.calls).toBeGreaterThan(50);
    expect(found.priced).toBe(0);
  });

  it("cache hits that rise", async () => {
    const share = (side: string) =>
      figures(
        "sum(cache_read_tokens)::numeric / sum(fresh_input_tokens + cache_read_tokens) AS read",
        `feature = $1 AND occurred_at ${side} $2`,
        [stories.risingCache.feature, daysAgo(side === "<" ? 80 : 10)],
      );
    expect((await share("<")).read).toBeLessThan(0.15);
    expect((await share(">")).read).toBeGreaterThan(0.55);
  });

  it("a batch feature: at night, and estimated", async () => {
    const found = await figures(
      "count(*) AS calls, count(*) FILTER (WHERE batch AND (price_status = 'estimated' OR error_class IS NOT NULL)) AS batched",
      "feature = $1",
      [stories.nightlyBatch.feature],
    );
    expect(found.calls).toBeGreaterThan(100);
    expect(found.batched).toBe(found.calls);
  });
});

it("is rolled up whole, and leaves no mark", async () => {
  const found = await rowOf(
    `SELECT (SELECT count(*) FROM call) AS calls, (SELECT sum(calls) FROM rollup_day) AS days, (SELECT sum(calls) FROM rollup_user_day) AS users,
       (SELECT count(*) FROM rollup_dirty) AS marks, (SELECT sum(cost_usd) FROM call) - (SELECT sum(cost_usd) FROM rollup_day) AS difference`,
  );
  expect(found).toMatchObject({ days: found.calls, users: found.calls, marks: 0, difference: 0 });
  expect(steps.at(-1)).toBe(1);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});

it("hands out keys that work, each for its purpose", async () => {
  const ingest = await verifyKey(facts.ingestKey, now);
  const read = await verifyKey(facts.readKey, now);
  expect([ingest?.tenant.slug, read?.tenant.slug]).toEqual(["demo", "demo"]);
});

it("has a second tenant with its own owner, who is no member of the first", async () => {
  const found = await rowOf(
    `SELECT count(DISTINCT m.tenant_id) FILTER (WHERE p.email = 'globex@tokenledger.dev') AS globex,
       count(DISTINCT m.tenant_id) FILTER (WHERE p.email = 'demo@tokenledger.dev') AS demo, count(*) AS members
     FROM member m JOIN person p ON p.id = m.person_id`,
  );
  expect(found).toEqual({ globex: 1, demo: 1, members: 5 });
});

describe("what its people have set and done", () => {
  const rows = (sql: string) =>
    withClient(
      testDatabase().adminUrl,
      async (client) => (await client.query<Record<string, unknown>>(sql)).rows,
    );
  const incidentsSql = `SELECT rule, subject_key AS subject, state, (SELECT string_agg(kind, ' ' ORDER BY n) FROM incident_event e
    WHERE e.incident_id = i.id) AS events FROM incident i JOIN tenant USING (tenant_id) WHERE slug = 'demo'`;

  it("budgets with owners, one of them nearly used up and one that will not last, unless the month is young", async () => {
    const ctx = await systemContext(await demoTenantId(), "test", { now });
    const { budgets: statuses } = await listBudgets(ctx);
    expect(
      statuses.map(({ budget: { subject, period } }) => `${subject.kind} ${subject.key} ${period}`).sort(),
    ).toEqual([
      `feature ${stories.heavierPrompt.feature} month`,
      `feature ${stories.retryLoop.feature} month`,
      "feature support-chat day",
      "team support month",
      "tenant  month",
    ]);
    for (const { budget } of statuses) {
      expect(budget).toMatchObject({ ownerId: expect.any(String) as string, enforcement: null });
      expect(budget.validFrom.getTime()).toBeLessThan(daysAgo(30).getTime());
    }
    if (Number(localDay(now, "America/New_York").slice(8)) < 5) return;
    const of = (key: string) => statuses.find(({ budget }) => budget.subject.key === key);
    const share = Number(of(stories.retryLoop.feature)?.usedShare);
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(0.95);
    expect(Number(of(stories.heavierPrompt.feature)?.gapUsd)).toBeGreaterThan(0);
  });

  it("incidents that somebody took, wrote about and closed", async () => {
    const found = await rows(incidentsSql);
    const of = (rule: string, subject: string) =>
      found.find((one) => one.rule === rule && one.subject === subject);
    const { provider, model } = stories.unpricedModel;
    expect(of("unpriced-model", `${provider}/${model}`)).toMatchObject({
      state: "acknowledged",
      events: "opened acknowledged noted",
    });
    expect(of("spike", stories.retryLoop.feature)).toMatchObject({
      state: "resolved",
      events: "opened acknowledged noted resolved",
    });
  });

  it("that the jobs find again, and open no second time", async () => {
    const before = await rows(incidentsSql);
    expect(before.length).toBeGreaterThan(5);
    const ctx = await systemContext(await demoTenantId(), "test", { now });
    for (const cadence of cadences) expect((await evaluate(ctx, cadence)).happened).toEqual([]);
    expect(await rows(incidentsSql)).toEqual(before);
  });
});

it("the bill of the month before differs by three causes, and the elder one agrees and is signed off", async () => {
  const ctx = await systemContext(await demoTenantId(), "test", { now });
  const last = await billMonth(ctx, { provider: "openai", month: "2026-10" });
  const named = Object.entries(last.byCause).filter(([, usd]) => usd !== "0");
  expect(named.map(([cause]) => cause).sort()).toEqual(["coverage", "price", "tax_or_credit"]);
  expect(last.byCause).toMatchObject({ coverage: "5.985", tax_or_credit: "3.18" });
  expect(last).toMatchObject({ isFinal: true, signOff: null, unreadDays: [] });
  const elder = await billMonth(ctx, { provider: "openai", month: "2026-09" });
  expect(elder).toMatchObject({ gapUsd: "0", isFinal: true, signOff: { isReopened: false, invoiceNo: "OAI-202609-0417" } }); // prettier-ignore
});

it("accounts of the main tenant are billed by one of two plans", async () => {
  const found = await rowOf(
    `SELECT (SELECT count(*) FROM rate_plan JOIN tenant USING (tenant_id) WHERE slug = 'demo') AS plans,
       (SELECT count(*) FROM invoice_account a JOIN tenant USING (tenant_id) WHERE slug = 'demo'
          AND EXISTS (SELECT FROM call c WHERE c.tenant_id = a.tenant_id AND c.account_id = a.account_id)) AS accounts`,
  );
  expect(found).toEqual({ plans: 2, accounts: 4 });
});
