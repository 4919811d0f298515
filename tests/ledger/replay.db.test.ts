import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import type { SpendInput } from "@/server/analytics/schemas";
import { type SpendAnswer, spend } from "@/server/analytics/spend";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { closePeriod } from "@/server/periods/close";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, makeTenant, personWith, system } from "../factories/tenant";
import { listPrice } from "./made-prices";
import { reprice } from "./reprice";

const at = (day: string, time = "12:00:00") => new Date(`2026-${day}T${time}Z`);
const september = { from: "2026-09-01", to: "2026-10-01" };
const october = { from: "2026-10-01", to: "2026-11-01" };
const november = { from: "2026-11-01", to: "2026-12-01" };
const quarter = { from: "2026-09-01", to: "2026-12-01" };
type Question = z.input<typeof SpendInput>;

/** What people ask: in all, by day and hour, by tags, by person, of a part. */
const questions: Question[] = [
  quarter,
  { ...october, granularity: "hour", groupBy: "model" },
  { ...quarter, granularity: "day", groupBy: "feature" },
  { ...quarter, granularity: "month", groupBy: "user" },
  { ...quarter, groupBy: "promptVersion", filter: { feature: ["chat", null] } },
  { ...quarter, granularity: "month", filter: { user: ["u1"] } },
  { ...november, groupBy: "error", limit: 1 },
];

/** A model of the test's own; all are listed before the process reads the book. */
let model = "";
let next = 0;
const models = 10;
const call = (id: string, occurredAt: Date, more: object = {}) => ({
  id,
  occurredAt: occurredAt.toISOString(),
  provider: "openai",
  model,
  usage: { inputTokens: 1_234_567, outputTokens: 89_012 },
  ...more,
});

async function store(tenant: Tenant, when: Date, calls: unknown[]) {
  const answer = await recordCalls(
    contextOf(tenant, system, when),
    { calls },
    { source: "test", anyAge: true },
  );
  expect(answer.rejected).toEqual([]);
  while ((await rollUp(contextOf(tenant, system, when))).more);
}
const ask = (tenant: Tenant, when: Date, question: Question) =>
  spend(contextOf(tenant, personWith("viewer"), when), question);
const askAll = (tenant: Tenant, when: Date, more: Partial<Question> = {}) =>
  Promise.all(questions.map((question) => ask(tenant, when, { ...question, ...more })));

beforeAll(async () => {
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-08-01', DATE '2026-11-01', interval '1 month') AS m",
  );
  for (let n = 1; n <= models; n += 1)
    await listPrice(`house-${String(n)}`, { input: "1.1", output: "2.3" }, at("08-01"));
});

beforeEach(() => {
  model = `house-${String((next += 1))}`;
});

async function repriceTo(tenant: Tenant, input: string, when: Date) {
  await listPrice(model, { input, output: "2.3" }, new Date(when.getTime() - 60_000));
  await reprice(tenant, quarter, when);
  while ((await rollUp(contextOf(tenant, system, when))).more);
}

describe("reports as known then", () => {
  it("say byte for byte what was said then, whatever came, was priced anew, moved or linked since", async () => {
    const tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
    const said: { when: Date; answers: string }[] = [];
    const note = async (when: Date) => {
      said.push({ when, answers: JSON.stringify(await askAll(tenant, when)) });
    };
    const prompt = { prompt: { id: "p", version: "v1" } };
    await store(tenant, at("11-02"), [
      call("a", at("09-10"), { feature: "chat", userId: "u1", ...prompt }),
      // The last instant of October in Kolkata, and the first of November.
      call("b", at("10-31", "18:29:59.999"), { feature: "chat", userId: "u2" }),
      call("c", at("10-31", "18:30:00"), { feature: "search", userId: "u1" }),
      call("d", at("11-01"), { errorClass: "timeout", attempt: 2 }),
      call("e", at("11-01"), { model: "unheard-of", feature: "search" }),
    ]);
    await note(at("11-02"));
    await store(tenant, at("11-03"), [call("late", at("10-10"), { feature: "chat" })]);
    await note(at("11-03"));
    await closePeriod(contextOf(tenant, personWith("owner"), at("11-03")), { month: "2026-09" });
    await repriceTo(tenant, "2.7", at("11-04"));
    await note(at("11-04"));
    await repriceTo(tenant, "0.3", at("11-05"));
    await note(at("11-05"));
    // Moves of tags and of calls, as the jobs of attribution and of linking write them.
    await asAdmin(
      `INSERT INTO call_history (tenant_id, occurred_at, call_id, superseded_at, cause, cost_usd, price_status, user_id, feature, prompt_id, prompt_version)
       SELECT tenant_id, occurred_at, call_id, $2, 'attribution', cost_usd, price_status, user_id, feature, prompt_id, prompt_version
       FROM call WHERE tenant_id = $1 AND call_id = 'c'`,
      [tenant.id, at("11-06")],
    );
    await asAdmin("UPDATE call SET feature = 'chat', user_id = 'u9' WHERE tenant_id = $1 AND call_id = 'c'", [tenant.id]); // prettier-ignore
    await asAdmin(
      `WITH gone AS (DELETE FROM call WHERE tenant_id = $1 AND call_id = 'b' RETURNING *)
       INSERT INTO call_linked SELECT gone.*, 'a', 'response', $2 FROM gone`,
      [tenant.id, at("11-06")],
    );
    await asAdmin("INSERT INTO rollup_dirty (tenant_id, hour) SELECT $1, date_trunc('hour', t, 'UTC') FROM unnest($2::timestamptz[]) AS t", [tenant.id, [at("10-31", "18:29:59"), at("10-31", "18:30:00")]]); // prettier-ignore
    while ((await rollUp(contextOf(tenant, system, at("11-06")))).more);
    await note(at("11-06"));

    expect(new Set(said.map(({ answers }) => answers)).size).toBe(said.length);
    for (const { when, answers } of said) {
      const replayed = await askAll(tenant, at("11-20"), { asKnownAt: when.toISOString() });
      expect(JSON.stringify(replayed), when.toISOString()).toBe(answers);
    }
    console.info(
      `replay: ${String(said.length)} moments × ${String(questions.length)} questions, byte for byte`,
    );
  });

  it.each([
    ["the history of what changed", "DELETE FROM call_history WHERE tenant_id = $1"],
    ["when a call came", "UPDATE call SET received_at = received_at - interval '30 days' WHERE tenant_id = $1"],
    ["when a correction was booked", "UPDATE call_correction SET booked_at = booked_at - interval '5 days' WHERE tenant_id = $1"],
  ])("would not, without %s (mutation control)", async (_, sabotage) => {
    const tenant = await makeTenant();
    await store(tenant, at("11-02"), [call("a", at("09-10"), { feature: "chat" }), call("b", at("10-10"))]);
    await closePeriod(contextOf(tenant, personWith("owner"), at("11-02")), { month: "2026-09" });
    const when = at("11-03");
    const before = JSON.stringify(await askAll(tenant, when));
    await store(tenant, at("11-04"), [call("late", at("10-11"))]);
    await repriceTo(tenant, "5.5", at("11-05"));
    const replay = async () =>
      JSON.stringify(await askAll(tenant, at("11-20"), { asKnownAt: when.toISOString() }));
    expect(await replay()).toBe(before);
    await asAdmin(sabotage, [tenant.id]);
    expect(await replay()).not.toBe(before);
  }); // prettier-ignore

  it("cover at most 92 days, and not the future", async () => {
    const tenant = await makeTenant();
    const asKnownAt = at("11-01").toISOString();
    await expect(
      ask(tenant, at("11-20"), { from: "2026-01-01", to: "2026-11-01", asKnownAt }),
    ).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(ask(tenant, at("10-20"), { ...september, asKnownAt })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });
});

describe("a correction of a closed month", () => {
  const corrected = async () => {
    const tenant = await makeTenant();
    await store(tenant, at("11-02"), [
      call("a", at("09-10"), { feature: "chat", userId: "u1" }),
      call("b", at("09-11"), { feature: "search", userId: "u2" }),
      call("c", at("11-01"), { feature: "chat", userId: "u1" }),
    ]);
    await closePeriod(contextOf(tenant, personWith("owner"), at("11-03")), { month: "2026-09" });
    const closed = () => ask(tenant, at("11-10"), { ...september, groupBy: "feature", granularity: "day" });
    const before = JSON.stringify(await closed());
    await repriceTo(tenant, "10.1", at("11-05"));
    return { tenant, before, closed };
  };
  const keyed = ({ rows }: SpendAnswer) => rows.map(({ key, bucket, calls, corrections }) => ({ key, bucket, calls, corrections })); // prettier-ignore

  it("leaves the closed month's report as it was, byte for byte", async () => {
    const { before, closed } = await corrected();
    expect(JSON.stringify(await closed())).toBe(before);
  });

  it("is dated in the open month, beside the cost of its calls, and adds up by whatever tag", async () => {
    const { tenant } = await corrected();
    // What two calls' input of September costs more: 2 × 1.234567 M × ($10.1 − $p), with whatever was listed before.
    const [sum] = await asAdmin<{ usd: string }>("SELECT trim_scale(sum(delta_usd))::text AS usd FROM call_correction WHERE tenant_id = $1", [tenant.id]); // prettier-ignore
    const half = (BigInt((sum?.usd ?? "").replace(".", "")) / 2n).toString();
    const ask_ = (more: Partial<Question>) => ask(tenant, at("11-10"), { ...november, ...more });
    const answer = await ask_({ groupBy: "feature", granularity: "day" });
    expect(answer.total).toMatchObject({ calls: 1, corrections: { usd: sum?.usd, calls: 2 } });
    const rows = keyed(answer);
    expect(rows.map(({ key, bucket, calls }) => [key, bucket, calls])).toEqual([
      ["chat", "2026-11-01", 1],
      ["chat", "2026-11-05", 0],
      ["search", "2026-11-05", 0],
    ]);
    expect(rows.map(({ corrections }) => corrections?.usd.replace(".", "") ?? null)).toEqual([null, half, half]); // prettier-ignore
    expect((await ask_({ groupBy: "user" })).rows.map(({ key, corrections }) => [key, corrections?.calls])).toEqual([["u1", 1], ["u2", 1]]); // prettier-ignore
    expect((await ask_({ filter: { feature: ["search"] } })).total).toMatchObject({ calls: 0, corrections: { calls: 1 } }); // prettier-ignore
    expect((await ask_({ filter: { error: ["timeout"] } })).total.corrections).toBeNull();
    expect((await ask(tenant, at("11-10"), october)).total.corrections).toBeNull();
  });
});
