// What the job does with a tenant's outbox, in a process that kills itself (SIGKILL) at a step boundary, as a machine might.
import { openProvider, type OpenProvider } from "@/server/billing/credentials";
import { planWindows } from "@/server/billing/plan-windows";
import { resolveUnknown } from "@/server/billing/resolve-unknown";
import { sendReady } from "@/server/billing/send-ready";
import type { Ctx } from "@/server/context";
import { disconnect } from "@/server/db";
import { systemContext } from "@/server/system-context";
import type { Boundary, Order } from "./boundaries";
import { patiently } from "./patiently";

const die = () => process.kill(process.pid, "SIGKILL");

/** Whether this is the time to die: at the nth arrival at the boundary. */
function deathAt(boundary: Boundary | null, nth: number): (at: Boundary) => void {
  let left = nth;
  return (at) => {
    if (at === boundary && --left === 0) die();
  };
}

/** Dies inside the transaction, whose rows then never were; or right after its commit. */
function mortal(ctx: Ctx, reached: (at: Boundary) => void, before: Boundary, after: Boundary): Ctx {
  return {
    ...ctx,
    db: {
      ...ctx.db,
      write: async (fn) => {
        const done = await ctx.db.write(async (db) => {
          const result = await fn(db);
          reached(before);
          return result;
        });
        reached(after);
        return done;
      },
    },
  };
}

async function obey({ tenantId, now, boundary, nth }: Order): Promise<void> {
  const reached = deathAt(boundary, nth);
  const ctx = await patiently(() => systemContext(tenantId, "test", { now: new Date(now) }));
  const open: OpenProvider = (...given) => {
    const provider = openProvider(...given);
    return {
      ...provider,
      putUsage: async (usage) => {
        reached("before call");
        const outcome = await provider.putUsage(usage);
        reached("after call before mark");
        return outcome;
      },
    };
  };
  const planning = mortal(ctx, reached, "before row", "after row");
  while ((await patiently(() => planWindows(planning))).more);
  await patiently(() => resolveUnknown(ctx, open));
  const sending = mortal(ctx, reached, "inside mark", "after mark");
  while ((await patiently(() => sendReady(sending, open))).waitMs === 0);
  await disconnect();
  process.disconnect();
}

process.once("message", (order: Order) => void obey(order));
process.send?.("ready");
