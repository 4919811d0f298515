import { refreshActivity, refreshAll } from "@/server/activity/refresh";
import { recordCalls } from "@/server/calls/record";
import type { Ctx, Tenant } from "@/server/context";
import type { Db } from "@/server/db";
import { rollUp } from "@/server/rollups/roll-up";
import { recordUsage } from "@/server/usage/record";
import { recordUsageSums } from "@/server/usage/record-sums";
import { asAdmin, contextOf, system } from "../factories/tenant";
import type { Deed, History } from "./activity-histories";

/** After the last of every story. */
export const storyEnd = new Date("2026-12-10T12:00:00Z");

/** What a SIGKILL looks like from inside: nothing after this runs, and the transaction is rolled back. */
class Killed extends Error {}

function dyingAt(db: Db, statement: number): Db {
  let left = statement;
  const dying = new Set<PropertyKey>(["$queryRaw", "$executeRaw", "activityState"]);
  return new Proxy(db, {
    get(target, name) {
      if (dying.has(name) && left-- === 0) throw new Killed();
      return Reflect.get(target, name) as unknown;
    },
  });
}

/** @returns whether it was killed, and did not fail otherwise */
async function dies(ctx: Ctx, statement: number): Promise<boolean> {
  const rollup: Ctx["db"]["rollup"] = (fn) =>
    ctx.db.rollup(async (db) => {
      await fn(dyingAt(db, statement));
      throw new Killed();
    });
  try {
    await refreshActivity({ ...ctx, db: { ...ctx.db, rollup } });
    return false;
  } catch (error) {
    if (error instanceof Killed) return true;
    throw error;
  }
}

/** Rows that are changed behind the verbs' backs, and the marks that whoever changes them leaves. */
const changes = {
  reprice:
    "UPDATE call SET cost_usd = coalesce(cost_usd, 0) * 2 + 0.000000000000000001, price_status = 'priced'",
  rename: "UPDATE call SET user_id = 'user-1', feature = 'feature-9'",
  delete: "DELETE FROM call",
} as const;
const change = (kind: keyof typeof changes, tenantId: string) =>
  asAdmin(
    `WITH other AS (${changes[kind]} WHERE tenant_id = $1 AND extract(minute FROM occurred_at) IN (29, 30) RETURNING occurred_at)
     INSERT INTO rollup_dirty (tenant_id, hour) SELECT DISTINCT $1::uuid, date_trunc('hour', occurred_at, 'UTC') FROM other`,
    [tenantId],
  );

export interface Played {
  calls: number;
  events: number;
  kills: number;
}

/** Lives a history through, with the product's own verbs; at the end everything is rolled up and told. */
export async function playActivity(
  first: Tenant,
  { start, steps }: History,
  beforeRefresh = () => Promise.resolve(),
): Promise<Played> {
  const played: Played = { calls: 0, events: 0, kills: 0 };
  let tenant = first;
  let next = 0;
  const ctx = (at = storyEnd) => contextOf(tenant, system, at);
  const instantOf = ({ hour, minute }: Deed) =>
    new Date(Date.parse(start) + hour * 3_600_000 + minute * 60_000);
  const called = (deed: Deed) => ({
    id: `call-${String(next++)}`,
    occurredAt: instantOf(deed).toISOString(),
    provider: "openai",
    model: deed.priced ? "gpt-4o" : "in-house-7b",
    userId: deed.user,
    accountId: deed.account,
    feature: deed.feature,
    attempt: deed.attempt,
    usage: { inputTokens: 1_000 + deed.hour, outputTokens: 100 },
    ...(deed.failed && { errorClass: "timeout", billed: "unknown" }),
    ...(deed.shared && { shares: [{ userId: "user-1", weight: 2 }, { userId: "user-8" }] }),
  });
  const roll = async () => {
    while ((await rollUp(ctx())).more);
  };
  for (const step of steps) {
    switch (step.kind) {
      case "calls": {
        const answer = await recordCalls(
          ctx(),
          { calls: step.deeds.map(called) },
          { source: "test", anyAge: true },
        );
        if (answer.rejected.length > 0) throw new Error(JSON.stringify(answer.rejected));
        played.calls += answer.accepted;
        break;
      }
      case "events":
        for (const deed of step.deeds) {
          const at = instantOf(deed);
          const event = { id: `event-${String(next++)}`, occurredAt: at.toISOString(), userId: deed.user, accountId: deed.account ?? "account-0", feature: deed.feature, event: deed.event }; // prettier-ignore
          const { accepted } = await recordUsage(
            ctx(at),
            { events: [JSON.parse(JSON.stringify(event))] },
            { source: "api" },
          );
          if (accepted !== 1) throw new Error("An event was not taken");
          played.events += 1;
        }
        break;
      case "sums": {
        const from = new Date(Date.parse(start) + step.month * 30 * 86_400_000);
        const sums = step.counts.map((count, n) => ({
          messageId: `plausible:x:${String(step.month)}:${String(n)}`,
          occurredAt: new Date(from.getTime() + n * 86_400_000),
          feature: n === 0 ? null : `feature-${String(n)}`,
          event: "used",
          count,
          visitors: null,
        }));
        const to = new Date(from.getTime() + 30 * 86_400_000);
        await recordUsageSums(ctx(), { source: "plausible:x", from, to, sums });
        break;
      }
      case "reprice":
      case "rename":
      case "delete":
        await change(step.kind, tenant.id);
        break;
      case "rollup":
        await roll();
        break;
      case "refresh":
        await roll();
        await refreshActivity(ctx());
        break;
      case "kill":
        if (await dies(ctx(), step.statement)) played.kills += 1;
        break;
      case "zone":
        tenant = { ...tenant, timeZone: step.timeZone };
        await asAdmin("UPDATE tenant SET time_zone = $2 WHERE tenant_id = $1", [tenant.id, step.timeZone]);
        break;
    }
  }
  await roll();
  await beforeRefresh();
  await refreshAll(ctx());
  return played;
}
