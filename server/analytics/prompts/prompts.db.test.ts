import { beforeAll, describe, expect, it } from "vitest";
import { addDays, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { oddDays, reportZones, storeZonedCalls } from "@/tests/ledger/zoned-calls";
import type { SpendFilter } from "../schemas";
import { promptChanges } from "./prompt-changes";
import { promptVersions } from "./prompt-versions";

const now = new Date("2026-11-20T12:00:00Z");
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

interface Line extends Record<string, unknown> {
  prompt: string;
  version: string | null;
  day: LocalDay;
  at: Date;
  whole: boolean;
  cost: string | null;
  input: number;
  output: number;
  failed: boolean;
}

/** Every ledger row with a prompt; what is asked of them is counted here, one by one. */
const ledger = (tenant: Tenant, where = "true") =>
  asAdmin<Line>(
    `SELECT prompt_id AS prompt, prompt_version AS version, to_char(occurred_at AT TIME ZONE $2, 'YYYY-MM-DD') AS day, occurred_at AS at,
       share_no IS NULL OR share_no = 1 AS whole, cost_usd::text AS cost,
       fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens AS input,
       visible_output_tokens + reasoning_tokens + audio_output_tokens AS output, error_class IS NOT NULL AS failed
     FROM call WHERE tenant_id = $1 AND prompt_id IS NOT NULL AND ${where}`,
    [tenant.id, tenant.timeZone],
  );

function sumsOf(lines: readonly Line[]) {
  const calls = lines.filter(({ whole }) => whole);
  return {
    calls: calls.length,
    costUsd: lines.reduce((sum, { cost }) => sum.add(cost ?? 0), new Usd(0)).toFixed(),
    unpricedCalls: calls.filter(({ cost }) => cost === null).length,
    errorCalls: calls.filter(({ failed }) => failed).length,
    inputTokens: lines.reduce((sum, { input }) => sum + input, 0),
    outputTokens: lines.reduce((sum, { output }) => sum + output, 0),
  };
}
const perCall = (lines: readonly Line[]) => {
  const { costUsd, calls, unpricedCalls } = sumsOf(lines);
  return new Usd(costUsd).div(calls - unpricedCalls);
};
const text = (usd: Usd) => usd.toDecimalPlaces(18).toFixed();

describe.each(reportZones)("prompts of %s", (timeZone) => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    await storeZonedCalls(tenant, now);
  });
  const start = (day: string) => startOfDay(day, timeZone);

  it.each([0, 1] as const)("have the figures of the ledger around change %i, version by version and day by day", async (which) => {
    const day = oddDays(timeZone)[which];
    const [from, to] = [addDays(day, -2), addDays(day, 3)];
    const lines = (await ledger(tenant)).filter((line) => line.at >= start(from) && line.at < start(to));
    const answer = await promptVersions(reader(tenant), { from, to, daily: true });
    expect(answer.count).toBe(2);
    expect(answer.prompts.map(({ prompt }) => prompt).sort()).toEqual(["greeting", "summary"]);
    for (const { prompt, versions, ...figures } of answer.prompts) {
      const ofPrompt = lines.filter((line) => line.prompt === prompt);
      expect(figures).toMatchObject({ ...sumsOf(ofPrompt), costPerCallUsd: text(perCall(ofPrompt)) });
      expect(versions.map(({ version }) => version)).toEqual(prompt === "greeting" ? expect.arrayContaining(["1", "2"]) : [null]);
      for (const { version, days, ...rest } of versions) {
        const own = ofPrompt.filter((line) => line.version === version);
        expect(rest).toMatchObject({ ...sumsOf(own), costPerCallUsd: text(perCall(own)), isOther: false });
        const dates = [...new Set(own.map((line) => line.day))].sort();
        expect(days).toEqual(dates.map((date) => ({ day: date, ...sumsOf(own.filter((line) => line.day === date)) })));
      }
    }
    const all = await ledger(tenant, "true");
    expect(sumsOf(all).calls).toBeGreaterThan(400);
    expect(answer.total.calls).toBe(answer.without.calls + sumsOf(lines).calls);
  }); // prettier-ignore

  it("tell when a version began, whatever the stretch, and what it changed", async () => {
    const [first, second] = oddDays(timeZone);
    // A stretch after the first change; the version began before it.
    const range = { from: addDays(first, 1), to: addDays(first, 3) };
    const { prompts } = await promptVersions(reader(tenant), { ...range, prompt: "greeting" });
    const [version] = prompts[0]?.versions ?? [];
    const lines = (await ledger(tenant)).filter(({ prompt }) => prompt === "greeting");
    const old = lines.filter((line) => line.version === "1" && line.day < first);
    const its = lines.filter((line) => line.version === "2");
    const early = its.filter((line) => line.day < addDays(first, 7));
    const difference = perCall(early).minus(perCall(old));
    const calls = (of: readonly Line[]) => sumsOf(of).calls - sumsOf(of).unpricedCalls;
    expect(version).toMatchObject({ version: "2", firstDay: first, lastDay: addDays(second, 2) });
    expect(version?.change).toMatchObject({
      changedOn: first,
      halfOn: first,
      previousVersion: "1",
      before: { from: addDays(first, -7), to: first, pricedCalls: calls(old), costUsd: sumsOf(old).costUsd },
      after: {
        from: first,
        to: addDays(first, 7),
        pricedCalls: calls(early),
        costUsd: sumsOf(early).costUsd,
      },
      perCallUsd: text(difference),
      callsSince: calls(its),
      extraUsd: text(difference.times(calls(its))),
    });
    const changes = await promptChanges(reader(tenant), range);
    expect(changes).toMatchObject({ changes: 1, unknown: 0, crowdedPrompts: 0 });
    expect(changes.rows).toMatchObject([{ prompt: "greeting", version: "2", change: version?.change }]);
  });

  it("are the same of ragged ends and of a filter that prompts' own roll-up does not know", async () => {
    const [, day] = oddDays(timeZone);
    const from = new Date(start(day).getTime() - 5 * 900_000);
    const to = new Date(start(addDays(day, 1)).getTime() + 3 * 900_000);
    const inRange = (line: Line) => line.at >= from && line.at < to;
    const ask = { from: from.toISOString(), to: to.toISOString() };
    const filters: [SpendFilter, string][] = [
      [{}, "true"],
      [{ environment: ["production"], feature: { not: ["mail"] } }, "environment = 'production' AND coalesce(feature, '') <> 'mail'"],
      [{ promptVersion: ["2"] }, "prompt_version = '2'"],
    ];
    for (const [filter, where] of filters) {
      const lines = await ledger(tenant, where);
      const { prompts } = await promptVersions(reader(tenant), { ...ask, filter });
      const versions = prompts.flatMap((one) => one.versions.map((version) => ({ ...version, prompt: one.prompt })));
      expect(versions.length).toBeGreaterThan(0);
      for (const { prompt, version, ...rest } of versions) {
        const own = lines.filter((line) => line.prompt === prompt && line.version === version);
        const days = own.map((line) => line.day).sort();
        expect(rest).toMatchObject({ ...sumsOf(own.filter(inRange)), firstDay: days[0], lastDay: days.at(-1) });
      }
      const told = new Set(versions.map(({ prompt, version }) => JSON.stringify([prompt, version])));
      expect(told).toEqual(new Set(lines.filter(inRange).map(({ prompt, version }) => JSON.stringify([prompt, version]))));
    }
  }); // prettier-ignore
});

describe("changes of prompts", () => {
  /** gpt-4o: $0.0025 for each thousand tokens. */
  const call = (prompt: object, day: string, n: number, thousands: number, more: object = {}) => ({
    id: `${JSON.stringify(prompt)}-${day}-${String(n)}`,
    occurredAt: new Date(Date.parse(`${day}T08:00:00Z`) + n * 1000).toISOString(),
    provider: "openai",
    model: "gpt-4o",
    feature: "chat",
    prompt,
    usage: { inputTokens: thousands * 1000, outputTokens: 0 },
    ...more,
  });
  const many = (prompt: object, day: string, count: number, thousands: number, more: object = {}) =>
    Array.from({ length: count }, (_, n) => call(prompt, day, n, thousands, more));
  async function store(tenant: Tenant, calls: object[]) {
    for (let at = 0; at < calls.length; at += 1_000) {
      const answer = await recordCalls(
        contextOf(tenant, system, now),
        { calls: calls.slice(at, at + 1_000) },
        { source: "api", anyAge: true },
      );
      expect(answer.rejected).toEqual([]);
    }
    await rollUp(contextOf(tenant, system, now));
  }
  const range = { from: "2026-11-01", to: "2026-11-21" };
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant();
    await store(tenant, [
      // Bleeds: 1 → 3 thousand tokens, 25 calls before and 60 since, ramping up: a fifth, then all.
      ...many({ id: "bleeds", version: "a" }, "2026-11-05", 25, 1),
      ...many({ id: "bleeds", version: "a" }, "2026-11-06", 40, 1),
      ...many({ id: "bleeds", version: "b" }, "2026-11-06", 10, 3),
      ...many({ id: "bleeds", version: "b" }, "2026-11-08", 50, 3),
      // Bleeds more per call, and less in all.
      ...many({ id: "little", hash: "h1" }, "2026-11-10", 30, 1),
      ...many({ id: "little", hash: "h2" }, "2026-11-12", 20, 5),
      // Was made cheaper.
      ...many({ id: "cheaper", version: "1" }, "2026-11-10", 30, 4),
      ...many({ id: "cheaper", version: "2" }, "2026-11-11", 30, 1),
      // Too few calls to say; and a version that began today, which is not over.
      ...many({ id: "few", version: "1" }, "2026-11-10", 19, 1),
      ...many({ id: "few", version: "2" }, "2026-11-12", 30, 9),
      ...many({ id: "today", version: "1" }, "2026-11-19", 30, 1),
      ...many({ id: "today", version: "2" }, "2026-11-20", 30, 9),
      // From calls without a version to one; a text that nobody named has none.
      ...many({ id: "numbered" }, "2026-11-10", 30, 2),
      ...many({ id: "numbered", version: "1" }, "2026-11-11", 30, 2),
      ...many({ hash: "sha256:text" }, "2026-11-10", 30, 2),
      ...many({ id: "users", version: "1" }, "2026-11-10", 1, 1, { userId: "u" }),
    ]);
  });

  it("are ordered by what they cost more since, those that nobody can tell last", async () => {
    const answer = await promptChanges(reader(tenant), range);
    expect(
      answer.rows.map(({ prompt, version, change }) => [prompt, version, change.change, change.extraUsd]),
    ).toEqual([
      ["bleeds", "b", "2", "0.3"],
      ["little", "h2", "4", "0.2"],
      ["numbered", "1", "0", "0"],
      ["cheaper", "2", "-0.75", "-0.225"],
      ["few", "2", null, null],
      ["today", "2", null, null],
    ]);
    expect(answer).toMatchObject({ changes: 6, unknown: 2, crowdedPrompts: 0 });
    expect(answer.rows.map(({ change }) => change.previousVersion)).toEqual(["a", "h1", null, "1", "1", "1"]);
    expect(answer.rows[0]?.change).toMatchObject({
      changedOn: "2026-11-06",
      halfOn: "2026-11-08",
      before: { from: "2026-10-30", to: "2026-11-06", pricedCalls: 25, costPerCallUsd: "0.0025" },
      after: { from: "2026-11-06", to: "2026-11-13", pricedCalls: 60, costPerCallUsd: "0.0075" },
    });
    expect(answer.rows.at(-1)?.change.after).toMatchObject({
      from: "2026-11-20",
      to: "2026-11-20",
      pricedCalls: 0,
    });
  });

  it("come page by page, and of a stretch only where the new version is in use", async () => {
    const whole = await promptChanges(reader(tenant), range);
    const pages = [
      await promptChanges(reader(tenant), { ...range, limit: 4 }),
      await promptChanges(reader(tenant), { ...range, limit: 4, offset: 4 }),
    ];
    expect(pages.flatMap(({ rows }) => rows)).toEqual(whole.rows);
    const late = await promptChanges(reader(tenant), { from: "2026-11-08", to: "2026-11-09" });
    expect(late.rows).toMatchObject([
      {
        prompt: "bleeds",
        calls: 50,
        change: { changedOn: "2026-11-06", callsSince: 60, extraUsd: "0.3", extraInRangeUsd: "0.25" },
      },
    ]);
  });

  it("of a prompt whose text is made for each call are not looked for", async () => {
    const crowded = await makeTenant();
    await store(
      crowded,
      Array.from({ length: 201 }, (_, n) =>
        many({ id: "made", version: `v${String(n)}` }, n < 100 ? "2026-11-10" : "2026-11-11", 1, 1),
      ).flat(),
    );
    expect(await promptChanges(reader(crowded), range)).toMatchObject({ rows: [], changes: 0, crowdedPrompts: 1 }); // prettier-ignore
    const { prompts } = await promptVersions(reader(crowded), { ...range, daily: true });
    expect(prompts[0]).toMatchObject({ isCrowded: true, calls: 201, rest: { versions: 151, calls: 151, costUsd: "0.3775" } }); // prettier-ignore
    expect(prompts[0]?.versions).toHaveLength(50);
  });

  it("of one prompt are told beside what is spent in all", async () => {
    const answer = await promptVersions(reader(tenant), { ...range, prompt: "bleeds" });
    expect(answer.prompts).toHaveLength(1);
    expect(answer).toMatchObject({ count: 8, without: { calls: 0 } });
    expect(answer.prompts[0]?.versions.map(({ version }) => version)).toEqual(["b", "a"]);
    expect(answer.prompts[0]?.versions[1]).toMatchObject({ change: null, days: null, inputTokensPerCall: "1000", errorRate: "0" }); // prettier-ignore
    expect((await promptVersions(reader(tenant), { ...range, prompt: "none" })).prompts).toEqual([]);
    const empty = await makeTenant();
    expect(await promptVersions(reader(empty), range)).toMatchObject({ prompts: [], count: 0 });
    expect(await promptChanges(reader(empty), range)).toMatchObject({ rows: [], changes: 0 });
  });

  it("want the right, and refuse people, whom no roll-up has together with prompts", async () => {
    const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
    for (const ask of [promptVersions, promptChanges]) {
      await expect(ask(ingest, range)).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(ask(reader(tenant), { ...range, filter: { user: ["u"] } })).rejects.toMatchObject({ code: "INVALID_INPUT" }); // prettier-ignore
    }
  });
});
