import { currentPolicy } from "@/server/attribution/tenant-policy";
import { admitTagValues } from "@/server/calls/known-values";
import { recordCalls } from "@/server/calls/record";
import { CallInput } from "@/server/calls/schemas";
import { cappedTags } from "@/server/calls/tag-caps";
import type { Ctx, Tenant } from "@/server/context";
import type { Db } from "@/server/db";
import { rollUp } from "@/server/rollups/roll-up";
import { sumRecentDays } from "@/server/rollups/sum-recent-days";
import { asAdmin, contextOf, system } from "../factories/tenant";
import type { CallFacts, History } from "./histories";

export const now = new Date("2026-11-20T12:00:00Z");

/** What a SIGKILL looks like from inside: nothing after this runs, and the transaction is rolled back. */
class Killed extends Error {}

/** The transaction, dead before its n-th statement. */
function dyingAt(db: Db, statement: number): Db {
  let left = statement;
  const dying = new Set<PropertyKey>(["$queryRaw", "$executeRaw", "rollupState"]);
  return new Proxy(db, {
    get(target, name) {
      if (dying.has(name) && left-- === 0) throw new Killed();
      return Reflect.get(target, name) as unknown;
    },
  });
}

async function surviving(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
}

export interface Played {
  acknowledged: number;
  kills: number;
  rollUps: number;
}

/** Lives a history through, with the product's own verbs; at the end everything that was stored is rolled up. */
export async function play(
  first: Tenant,
  name: string,
  { start, steps }: History,
  beforeRollUp = () => Promise.resolve(),
): Promise<Played> {
  const played: Played = { acknowledged: 0, kills: 0, rollUps: 0 };
  let tenant = first;
  let next = 0;
  const open: { release: () => void; done: Promise<void> }[] = [];
  const ctxOf = (db: Partial<Ctx["db"]> = {}): Ctx => {
    const ctx = contextOf(tenant, system, now);
    return { ...ctx, db: { ...ctx.db, ...db } };
  };
  const wire = ({ minute, millisecond, model, input, output, cached, more }: CallFacts) => ({
    id: `${name}-${next++}`,
    occurredAt: new Date(Date.parse(start) + minute * 60_000 + millisecond).toISOString(),
    ...(model === undefined
      ? { kind: "tool" }
      : { model, provider: model.startsWith("claude") ? "anthropic" : "openai" }),
    usage: { inputTokens: input, outputTokens: output, cacheReadTokens: cached },
    ...more,
  });
  const store = async (ctx: Ctx, calls: CallFacts[], source: string) => {
    const { accepted, rejected } = await recordCalls(
      ctx,
      { calls: calls.map(wire) },
      { source, anyAge: true },
    );
    if (rejected.length > 0) throw new Error(`The history is not sound: ${JSON.stringify(rejected)}`);
    played.acknowledged += accepted;
  };
  /** What tags the day has, and the tenant's policy, take transactions of their own, beforehand: those below are the ledger's. */
  const prepare = async (calls: CallFacts[]) => {
    await currentPolicy(ctxOf());
    await admitTagValues(
      ctxOf(),
      calls.flatMap((call) => cappedTags(CallInput.parse(wire(call)))),
    );
  };
  const roll = async () => {
    await beforeRollUp();
    played.rollUps += 1;
    let result = await rollUp(ctxOf());
    while (result.more) result = await rollUp(ctxOf());
    if (result.isRecentDue) await sumRecentDays(ctxOf());
  };
  const commitLate = async () => {
    for (const { release, done } of open.splice(0)) {
      release();
      await done;
    }
  };

  for (const step of steps) {
    switch (step.kind) {
      case "calls":
        await store(ctxOf(), step.calls, "test");
        break;
      case "late": {
        await prepare(step.calls);
        const base = ctxOf();
        let release = () => {};
        const gate = new Promise<void>((resolve) => (release = resolve));
        const stored = new Promise<void>((resolve, reject) => {
          const held: Ctx["db"]["ingest"] = (fn) =>
            base.db.ingest(async (db) => {
              const result = await fn(db);
              resolve();
              await gate;
              return result;
            });
          // A lane of its own: requests of one lane wait for each other.
          const done = store(ctxOf({ ingest: held }), step.calls, `late ${next}`);
          open.push({ release, done });
          done.catch(reject);
        });
        await stored;
        break;
      }
      case "lost": {
        await prepare(step.calls);
        const base = ctxOf();
        const ingest: Ctx["db"]["ingest"] = (fn) =>
          base.db.ingest(async (db) => {
            await fn(db);
            throw new Killed();
          });
        played.kills += 1;
        await surviving(store(ctxOf({ ingest }), step.calls, "test"));
        break;
      }
      case "rollup":
        for (let time = 0; time < step.times; time += 1) await roll();
        await commitLate();
        break;
      case "kill": {
        const base = ctxOf();
        const rollup: Ctx["db"]["rollup"] = (fn) =>
          base.db.rollup(async (db) => {
            await fn(dyingAt(db, step.statement));
            throw new Killed();
          });
        played.kills += 1;
        await surviving(rollUp(ctxOf({ rollup })));
        break;
      }
      case "zone":
        tenant = { ...tenant, timeZone: step.timeZone };
        await asAdmin("UPDATE tenant SET time_zone = $2 WHERE tenant_id = $1", [tenant.id, step.timeZone]);
        break;
    }
  }
  await commitLate();
  await roll();
  // As in an hour's time, if calls came late.
  await sumRecentDays(ctxOf());
  return played;
}
