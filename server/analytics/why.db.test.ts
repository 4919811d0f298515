import { randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { startOfDay } from "@/server/calendar/local-day";
import { ensureMonths } from "@/server/calls/queries";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
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
import { exportTable } from "./tables/export";
import { why } from "./why";
import type { WhyAnswer } from "./why-schemas";
import { whyUsers } from "./why-users";

const now = new Date("2026-11-20T12:00:00Z");
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);
let sent = 0;
/** gpt-4o: $0.0035 a call. */
const call = (occurredAt: string, more: object = {}) => ({
  id: `c${String(++sent)}`,
  occurredAt,
  provider: "openai",
  model: "gpt-4o",
  feature: "chat",
  userId: "ann",
  usage: { inputTokens: 1000, outputTokens: 100 },
  ...more,
});
const times = (count: number, make: (i: number) => unknown) =>
  Array.from({ length: count }, (_, i) => make(i));

async function store(tenant: Tenant, calls: unknown[]): Promise<void> {
  const sender = { keyId: null, pins: {} };
  const answer = await recordCalls(contextOf(tenant, system, now), { calls }, { source: "api", sender });
  expect(answer.rejected).toEqual([]);
  await rollUp(contextOf(tenant, system, now));
}

const sum = (parts: readonly { usd: string }[]) =>
  usdText(parts.reduce((total, { usd }) => total.plus(usd), new Usd(0)));
const causes = ({ causes: all }: WhyAnswer) =>
  Object.fromEntries(all.filter(({ usd }) => usd !== "0").map(({ cause, usd }) => [cause, usd]));

const [wednesday, thursday] = ["2026-11-18T10:00:00Z", "2026-11-19T10:00:00Z"];
const days = { from: "2026-11-19", to: "2026-11-20", compare: { from: "2026-11-18", to: "2026-11-19" } };

beforeAll(() => loadPrices(now));

describe("what roll-ups tell of calls", () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant();
    await store(tenant, [
      ...times(10, () => call(wednesday)),
      ...times(10, () => call(thursday)),
      // Refused without a token used, then tried again: it costs what it would have.
      ...times(4, (i) => call(thursday, { feature: "search", rootRequestId: `r${String(i)}`, usage: undefined, errorClass: "rate_limited", billed: "no" })),
      ...times(4, (i) => call(thursday, { feature: "search", rootRequestId: `r${String(i)}`, attempt: 2 })),
      ...times(4, () => call(wednesday, { feature: "search" })),
      // Asked once and tried three times, each of them paid for.
      ...times(2, (i) => call(wednesday, { feature: "agent", rootRequestId: `a${String(i)}` })),
      ...times(2, (i) => call(thursday, { feature: "agent", rootRequestId: `b${String(i)}`, errorClass: "tool" })),
      ...times(2, (i) => call(thursday, { feature: "agent", rootRequestId: `b${String(i)}`, errorClass: "tool", attempt: 2 })),
      ...times(2, (i) => call(thursday, { feature: "agent", rootRequestId: `b${String(i)}`, attempt: 3 })),
      ...times(5, () => call(wednesday, { feature: "triage" })),
      ...times(4, () => call(thursday, { feature: "triage" })),
      call(thursday, { feature: "triage", provider: "acme", model: "in-house-7b" }),
    ]);
    const other = await makeTenant();
    await store(other, times(7, () => call(thursday, { feature: "foreign" })));
  }); // prettier-ignore

  it("splits the change by what happened, feature by feature", async () => {
    const answer = await why(reader(tenant), days);
    expect(answer.deltaUsd).toBe("0.0105");
    expect(causes(answer)).toEqual({ retries: "0.014", unpriced: "-0.0035" });
    expect(answer.parts).toMatchObject([
      { cause: "retries", work: { feature: "agent" }, attemptsPerRequest: [1, 3], requests: [2, 2] },
      { cause: "unpriced", work: { feature: "triage" }, unpricedCalls: [0, 1], models: ["in-house-7b"] },
    ]);
    expect(answer.after).toMatchObject({ calls: 29, unpricedCalls: 1, corrections: null });
  });

  it("keeps to its filter", async () => {
    const answer = await why(reader(tenant), { ...days, filter: { feature: ["agent"] } });
    expect(causes(answer)).toEqual({ retries: "0.014" });
  });

  it("explains the average call", async () => {
    const answer = await why(reader(tenant), {
      ...days,
      measure: "costPerCall",
      filter: { feature: ["triage"] },
    });
    expect(answer).toMatchObject({ before: { usd: "0.0035" }, after: { usd: "0.0035" }, deltaUsd: "0" });
  });

  it("has no average of nothing", async () => {
    const answer = await why(reader(tenant), {
      ...days,
      measure: "costPerCall",
      compare: { from: "2026-10-01", to: "2026-10-02" },
    });
    expect(answer).toMatchObject({ before: { usd: null }, deltaUsd: null, parts: [] });
  });

  it("shows corrections beside the change, as every screen does", async () => {
    const runId = randomUUID();
    await asAdmin(
      `INSERT INTO reprice_run (tenant_id, id, reason, scope, known_at, state, requested_by, requested_at, progressed_at)
       VALUES ($1, $2, 'x', '{}', now(), 'done', 'x', now(), now())`,
      [tenant.id, runId],
    );
    await asAdmin(
      `INSERT INTO call_correction (tenant_id, occurred_at, call_id, run_id, booked_at, month, cost_usd, delta_usd, price_status, kind, provider, model, feature)
       VALUES ($1, '2026-09-01', 'old', $2, $3, '2026-09-01', 2, 1.25, 'priced', 'llm', 'openai', 'gpt-4o', 'chat')`,
      [tenant.id, runId, thursday],
    );
    const answer = await why(reader(tenant), days);
    expect(answer.after.corrections).toEqual({ usd: "1.25", calls: 1 });
    expect([answer.before.corrections, answer.deltaUsd]).toEqual([null, "0.0105"]);
    const narrow = await why(reader(tenant), { ...days, filter: { feature: ["agent"] } });
    expect(narrow.after.corrections).toBeNull();
  });

  it("refuses what could only be answered in part", async () => {
    const asked = (input: object) => why(reader(tenant), { ...days, ...input });
    await expect(asked({ to: "2026-11-18" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(asked({ from: "2026-11-19T10:01:00Z" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    const both = { user: ["ann"], prompt: ["greeting"] };
    await expect(asked({ filter: both })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("is in a file as it is in the answer, every part of it", async () => {
    const question = { table: "why", input: days, bom: false, onError: () => undefined };
    const { body } = await exportTable(reader(tenant), question);
    const file = parse<Record<string, string>>(await new Response(body).text(), {
      columns: true,
      record_delimiter: "\r\n",
    });
    expect(sum(file.map(({ usd = "" }) => ({ usd })))).toBe("0.0105");
    expect(file).toMatchObject([
      {
        cause: "retries",
        usd: "0.014",
        feature: "agent",
        fact: "attemptsPerRequest",
        before: "1",
        after: "3",
      },
      {
        cause: "unpriced",
        usd: "-0.0035",
        feature: "triage",
        fact: "unpricedCalls",
        before: "0",
        after: "1",
      },
    ]);
  });

  it("is for who may read reports", async () => {
    const sender = contextOf(tenant, ingestKey, now);
    await expect(why(sender, days)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(whyUsers(sender, days)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

/** Each with the day on which its clocks change, and the two around it. */
describe.each([
  ["Asia/Kolkata", "2026-11-01"],
  ["America/New_York", "2026-11-01"],
  ["America/New_York", "2026-03-08"],
  ["Australia/Lord_Howe", "2026-10-04"],
  ["Australia/Lord_Howe", "2026-04-05"],
])("in %s around %s", (timeZone, day) => {
  const dayAfter = (count: number) =>
    new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    const start = startOfDay(dayAfter(-1), timeZone).getTime();
    // Every 25 minutes for three days, with calls of every size on each side of each midnight.
    const calls = times(170, (i) =>
      call(new Date(start + i * 25 * 60_000).toISOString(), {
        feature: i % 3 === 0 ? "chat" : "search",
        userId: i % 5 === 0 ? undefined : `u${String(i % 7)}`,
        usage: { inputTokens: 100 + i * 7, outputTokens: 10 + i },
      }),
    );
    const sender = { keyId: null, pins: {} };
    const source = { source: "import", sender } as const;
    const ctx = contextOf(tenant, system, new Date(start + 4 * 86_400_000));
    const months = [dayAfter(-2), dayAfter(2)].map((date) => `${date.slice(0, 7)}-01`);
    await ctx.db.ingest((db) => ensureMonths(db, months));
    expect((await recordCalls(ctx, { calls }, source)).rejected).toEqual([]);
    await rollUp(ctx);
  });

  /** A plain sum over the ledger between two instants. */
  const ledger = async (from: string, to: string) => {
    const bounds = [tenant.id, startOfDay(from, timeZone), startOfDay(to, timeZone)];
    const rows = await asAdmin(
      "SELECT coalesce(sum(cost_usd), 0)::text AS usd FROM call WHERE tenant_id = $1 AND occurred_at >= $2 AND occurred_at < $3",
      bounds,
    );
    return new Usd(String(rows[0]?.usd));
  };

  it.each([
    [0, 1],
    [1, 2],
  ])("day %d against the day before is the ledger's difference, to the digit", async (from, to) => {
    const input = {
      from: dayAfter(from),
      to: dayAfter(to),
      compare: { from: dayAfter(from - 1), to: dayAfter(from) },
    };
    const expected = (await ledger(dayAfter(from), dayAfter(to))).minus(
      await ledger(dayAfter(from - 1), dayAfter(from)),
    );
    const answer = await why(reader(tenant), input);
    expect(answer.deltaUsd).toBe(usdText(expected));
    expect(sum(answer.parts)).toBe(answer.deltaUsd);
    const people = await whyUsers(reader(tenant), input);
    expect(people.deltaUsd).toBe(answer.deltaUsd);
    expect(sum(people.groups)).toBe(answer.deltaUsd);
    expect(people.users).toHaveLength(7);
  });
});
