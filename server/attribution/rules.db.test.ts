import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Tenant } from "@/server/context";
import { closePeriod } from "@/server/periods/close";
import { rollUp } from "@/server/rollups/roll-up";
import { recordCalls } from "@/server/calls/record";
import { CallInput } from "@/server/calls/schemas";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { advanceOpenRun } from "./advance-run";
import { applyRule } from "./apply-rule";
import { applyRules } from "./apply-rules";
import { listRules } from "./list-rules";
import { previewRule } from "./preview-rule";
import { retireRule } from "./retire-rule";
import { revertRun } from "./revert-run";
import { saveRule } from "./save-rule";
import { RuleCondition, RuleSets, type SaveRuleInput } from "./schemas";
import { showRun } from "./show-run";

const now = new Date("2026-11-20T12:00:00Z");
const as = (tenant: Tenant, role: "admin" | "viewer" | "owner" = "admin", at = now) =>
  contextOf(tenant, personWith(role), at);
const job = (tenant: Tenant) => contextOf(tenant, system, now);
const range = { from: "2026-09-01", to: "2026-11-21" };

const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: "2026-11-20T11:00:00Z",
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens: 1000, outputTokens: 100 },
  ...more,
});
const store = (tenant: Tenant, calls: unknown[]) =>
  recordCalls(contextOf(tenant, system, now), { calls }, { source: "import", anyAge: true });

interface Tags extends Record<string, unknown> {
  call_id: string;
  feature: string | null;
  team: string | null;
  environment: string | null;
  account_id: string | null;
  prompt_id: string | null;
  prompt_version: string | null;
}
const tagsOf = (tenant: Tenant) =>
  asAdmin<Tags>(
    `SELECT call_id, feature, team, environment, account_id, prompt_id, prompt_version FROM call
     WHERE tenant_id = $1 ORDER BY call_id`,
    [tenant.id],
  );
const featuresOf = async (tenant: Tenant) =>
  Object.fromEntries((await tagsOf(tenant)).map((row) => [row.call_id, row.feature]));
const totalOf = async (tenant: Tenant) =>
  (
    await asAdmin<{ calls: string; cost: string }>(
      "SELECT count(*)::text AS calls, sum(cost_usd)::text AS cost FROM call WHERE tenant_id = $1",
      [tenant.id],
    )
  )[0];

/** Runs the job to its end. */
async function finish(tenant: Tenant, limit?: number): Promise<void> {
  while ((await advanceOpenRun(job(tenant), { ...(limit !== undefined && { limit }) })).more);
}

async function apply(tenant: Tenant, rule: SaveRuleInput, limit?: number) {
  const { id } = await saveRule(as(tenant), rule);
  const { runId } = await applyRule(as(tenant), { id, ...range });
  await finish(tenant, limit);
  return { id, runId, run: await showRun(as(tenant), { runId }) };
}

const fillChat: SaveRuleInput = {
  name: "Chat",
  conditions: [
    { field: "feature", op: "isMissing" },
    { field: "route", op: "is", value: "/chat" },
  ],
  sets: { feature: "chat" },
};

beforeAll(() => loadPrices(now));

describe("rules", () => {
  it("are never edited: a change is a version, an end another one, and the audit log has them all", async () => {
    const tenant = await makeTenant();
    const { id } = await saveRule(as(tenant), fillChat);
    await saveRule(as(tenant), { ...fillChat, id, name: "Chat, renamed" });
    expect(await retireRule(as(tenant), { id })).toEqual({ id, version: 3 });
    const versions = await listRules(as(tenant, "viewer"), { id });
    expect(versions.map(({ version, name, retired }) => [version, name, retired])).toEqual([
      [3, "Chat, renamed", true],
      [2, "Chat, renamed", false],
      [1, "Chat", false],
    ]);
    await expect(saveRule(as(tenant), { ...fillChat, id })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(retireRule(as(tenant), { id })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(applyRule(as(tenant), { id, ...range })).rejects.toMatchObject({ code: "CONFLICT" });
    const audit = await asAdmin("SELECT action FROM audit_event WHERE tenant_id = $1 ORDER BY seq", [
      tenant.id,
    ]);
    expect(audit.map(({ action }) => action)).toEqual([
      "attribution-rule.saved",
      "attribution-rule.saved",
      "attribution-rule.retired",
    ]);
  });

  it("are changed by admins, not viewers, and not from another tenant", async () => {
    const [tenant, other] = [await makeTenant(), await makeTenant()];
    const { id } = await saveRule(as(tenant), fillChat);
    await expect(saveRule(as(tenant, "viewer"), fillChat)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(saveRule(as(other), { ...fillChat, id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(applyRule(as(other), { id, ...range })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listRules(as(other), {})).toEqual([]);
  });

  it("keep what may name a person out of the audit log", async () => {
    const tenant = await makeTenant();
    await saveRule(as(tenant), {
      name: "One person's",
      conditions: [{ field: "userId", op: "is", value: "canary-person" }],
      sets: { accountId: "canary-account", team: "t" },
    });
    const rows = await asAdmin<{ row: string }>(
      "SELECT a::text AS row FROM audit_event a WHERE tenant_id = $1",
      [tenant.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain("canary");
  });
});

describe("applying a rule to the past", () => {
  it("moves what the preview said, keeps every amount, and is taken back", async () => {
    const tenant = await makeTenant();
    await store(tenant, [
      call("a", { route: "/chat" }),
      call("b", { route: "/chat", occurredAt: "2026-10-02T10:00:00Z" }),
      call("c", { route: "/chat", feature: "mine" }),
      call("d", { route: "/mail" }),
    ]);
    await rollUp(job(tenant));
    const before = await totalOf(tenant);
    const { conditions, sets } = fillChat;
    const preview = await previewRule(as(tenant, "viewer"), { conditions, sets, ...range });
    expect(preview).toMatchObject({
      calls: 2,
      costUsd: "0.007",
      frozenCalls: 0,
      moves: [{ field: "feature", from: null, to: "chat", calls: 2, costUsd: "0.007" }],
    });
    const { runId, run } = await apply(tenant, fillChat, 1);
    expect(run).toMatchObject({
      state: "done",
      callsChanged: 2,
      movedUsd: "0.007",
      callsFrozen: 0,
      shareDone: 1,
    });
    expect(await featuresOf(tenant)).toEqual({ a: "chat", b: "chat", c: "mine", d: null });
    expect(await totalOf(tenant)).toEqual(before);
    const marks = await asAdmin("SELECT DISTINCT hour FROM rollup_dirty WHERE tenant_id = $1", [tenant.id]);
    expect(marks).toHaveLength(2);

    await revertRun(as(tenant), { runId });
    await finish(tenant, 1);
    expect(await featuresOf(tenant)).toEqual({ a: null, b: null, c: "mine", d: null });
    expect(await totalOf(tenant)).toEqual(before);
    await expect(revertRun(as(tenant), { runId })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("takes back only what is still there", async () => {
    const tenant = await makeTenant();
    await store(tenant, [call("a", { route: "/chat" }), call("b", { route: "/chat" })]);
    const first = await apply(tenant, fillChat);
    await apply(tenant, {
      name: "Other",
      conditions: [
        { field: "feature", op: "is", value: "chat" },
        { field: "model", op: "startsWith", value: "gpt" },
      ],
      sets: { feature: "talk" },
    });
    await asAdmin("UPDATE call SET feature = 'chat' WHERE tenant_id = $1 AND call_id = 'b'", [tenant.id]);
    await revertRun(as(tenant), { runId: first.runId });
    await finish(tenant);
    expect(await featuresOf(tenant)).toEqual({ a: "talk", b: null });
  });

  it("leaves closed months alone and counts them", async () => {
    const tenant = await makeTenant();
    await store(tenant, [
      call("old", { route: "/chat", occurredAt: "2026-10-31T23:59:59.999Z" }),
      call("new", { route: "/chat", occurredAt: "2026-11-01T00:00:00Z" }),
    ]);
    await rollUp(job(tenant));
    await closePeriod(as(tenant, "owner"), { month: "2026-10" });
    const preview = await previewRule(as(tenant), {
      conditions: fillChat.conditions,
      sets: fillChat.sets,
      ...range,
    });
    expect(preview).toMatchObject({ calls: 1, frozenCalls: 1, frozenCostUsd: "0.0035" });
    const { run } = await apply(tenant, fillChat);
    expect(run).toMatchObject({ callsChanged: 1, callsFrozen: 1 });
    expect(await featuresOf(tenant)).toEqual({ old: null, new: "chat" });
  });

  it("goes on from where it was killed, and changes no call twice", async () => {
    const tenant = await makeTenant();
    const calls = Array.from({ length: 30 }, (_, at) =>
      call(`c${String(at).padStart(2, "0")}`, { route: "/chat" }),
    );
    await store(tenant, calls);
    const { id } = await saveRule(as(tenant), fillChat);
    const { runId } = await applyRule(as(tenant), { id, ...range });
    await expect(applyRule(as(tenant), { id, ...range })).rejects.toMatchObject({ code: "CONFLICT" });
    await advanceOpenRun(job(tenant), { limit: 7 });
    const ctx = job(tenant);
    const dying = { ...ctx, db: { ...ctx.db, rollup: <T>(fn: (db: never) => Promise<T>) =>
      ctx.db.rollup(async (db) => { await fn(db as never); throw Object.assign(new Error("killed"), { name: "DomainError", code: "UNAVAILABLE" }); }) } }; // prettier-ignore
    await expect(advanceOpenRun(dying as never, { limit: 7 })).rejects.toThrow("killed");
    expect((await showRun(as(tenant), { runId })).callsSeen).toBe(7);
    await Promise.all([finish(tenant, 7), finish(tenant, 7)]);
    expect(await showRun(as(tenant), { runId })).toMatchObject({
      state: "done",
      callsSeen: 30,
      callsChanged: 30,
    });
    const [history] = await asAdmin<{ n: string }>(
      "SELECT count(*)::text AS n FROM call_history WHERE tenant_id = $1 AND cause_id = $2",
      [tenant.id, runId],
    );
    expect(history?.n).toBe("30");
  });
});

const words = ["a", "b", "c"] as const;
const word = fc.constantFrom(...words);
const option = fc.option(word, { nil: undefined });
const fields = ["feature", "team", "environment", "accountId", "promptId", "promptVersion", "userId", "route", "region", "tags.k"] as const; // prettier-ignore
const condition = fc.oneof(
  fc.record({
    field: fc.constantFrom(...fields),
    op: fc.constantFrom("is", "isNot", "startsWith"),
    value: word,
  }),
  fc.record({ field: fc.constantFrom(...fields), op: fc.constant("isMissing") }),
  fc.constant({ field: "model", op: "startsWith", value: "gpt" }),
  fc.constant({ field: "provider", op: "is", value: "openai" }),
  fc.constant({ field: "source", op: "is", value: "import" }),
);
const randomRule = fc.record({
  conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
  sets: fc
    .record(
      { feature: word, team: word, environment: word, accountId: word, promptId: word },
      { requiredKeys: [] },
    )
    .filter((sets) => Object.keys(sets).length > 0),
});
const randomCall = fc.record(
  {
    provider: fc.constantFrom("openai", undefined),
    feature: option,
    team: option,
    environment: option,
    accountId: option,
    userId: option,
    route: option,
    region: option,
    prompt: fc.option(fc.record({ id: word, version: option }), { nil: undefined }),
    tags: fc.option(fc.record({ k: word }), { nil: undefined }),
    occurredAt: fc.constantFrom("2026-09-03T10:00:00Z", "2026-10-15T10:20:00Z", "2026-11-20T11:00:00Z"),
  },
  { noNullPrototype: true },
);

/** What the ledger's columns of a call should be. */
function columnsOf(input: CallInput): Tags {
  const { prompt } = input;
  return {
    call_id: input.id,
    feature: input.feature ?? null,
    team: input.team ?? null,
    environment: input.environment ?? null,
    account_id: input.accountId ?? null,
    prompt_id: prompt?.id ?? prompt?.hash ?? null,
    prompt_version: prompt?.version ?? null,
  };
}

/**
 * Applies a rule to calls of the past and takes it back, and holds it to what it would have said of them as they came.
 * @returns how many calls it changed
 */
async function sayTheSame(rule: { conditions: unknown[]; sets: unknown }, calls: object[]): Promise<number> {
  const tenant = await makeTenant();
  const inputs = calls.map((more, at) => CallInput.parse(call(`c${String(at).padStart(2, "0")}`, more)));
  await store(tenant, inputs);
  const [before, total] = [await tagsOf(tenant), await totalOf(tenant)];
  const conditions = rule.conditions.map((one) => RuleCondition.parse(one));
  const terms = { id: "", version: 1, name: "", position: 0, conditions, sets: RuleSets.parse(rule.sets) };
  const { runId, run } = await apply(tenant, { name: "rule", conditions, sets: terms.sets });
  const wanted = inputs.map((input) =>
    columnsOf(applyRules([terms], input, { source: "import", keyId: null })),
  );
  expect(await tagsOf(tenant)).toEqual(wanted);
  expect(await totalOf(tenant)).toEqual(total);
  await revertRun(as(tenant), { runId });
  await finish(tenant, 5);
  expect(await tagsOf(tenant)).toEqual(before);
  expect(await totalOf(tenant)).toEqual(total);
  return run.callsChanged;
}

describe("a rule says the same of the past as of what comes in, keeps totals, and is taken back", () => {
  const calls = [{}, { region: "a", tags: { k: "a" } }, { region: "b", tags: { k: "b" } }];
  const cases = (["region", "tags.k"] as const).flatMap((field) => [
    { condition: { field, op: "is", value: "a" }, changed: 1 },
    { condition: { field, op: "isNot", value: "a" }, changed: 2 },
    { condition: { field, op: "startsWith", value: "a" }, changed: 1 },
    { condition: { field, op: "isMissing" }, changed: 1 },
  ]);
  it.each(cases)("$condition.field $condition.op", async ({ condition: one, changed }) => {
    expect(await sayTheSame({ conditions: [one], sets: { team: "c" } }, calls)).toBe(changed);
  });

  it("whatever the rule and the calls", async () => {
    let changed = 0;
    const someCalls = fc.array(randomCall, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(randomRule, someCalls, async (rule, some) => {
        changed += await sayTheSame(rule, some);
      }),
      { numRuns: 20 },
    );
    console.info(`random rules: ${String(changed)} calls changed and changed back`);
    expect(changed).toBeGreaterThan(0);
  });
});
