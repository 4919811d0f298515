import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listPulls } from "./pull-queries";
import { listBillConnections } from "./queries";
import { BillSettings } from "./schemas";

const pullsShown = 50;

/** The tenant's connections, newest first, how they fare, and the latest reads; never their keys. */
export async function listBills(ctx: Ctx) {
  requireRight(ctx.actor, "sources:read");
  const tenantId = ctx.tenant.id;
  const [connections, pulls] = await ctx.db.read(async (db) => [
    await listBillConnections(db, tenantId),
    await listPulls(db, tenantId, pullsShown),
  ]);
  return {
    connections: connections.map((connection) => ({
      id: connection.id,
      provider: connection.provider,
      name: connection.name,
      baseUrl: connection.baseUrl,
      settings: BillSettings.parse(connection.settings),
      state: connection.state,
      lastRunAt: connection.lastRunAt?.toISOString() ?? null,
      lastOkAt: connection.lastOkAt?.toISOString() ?? null,
      failure: connection.failure,
      waitUntil:
        connection.waitUntil && connection.waitUntil > ctx.now ? connection.waitUntil.toISOString() : null,
      createdAt: connection.createdAt.toISOString(),
    })),
    pulls: pulls.map((pull) => ({
      id: pull.id,
      /** Null for a file. */
      connectionId: pull.fileName === null ? pull.stream : null,
      provider: pull.provider,
      state: pull.state,
      firstDay: pull.firstDay,
      lastDay: pull.lastDay,
      lines: pull.lines,
      fileName: pull.fileName,
      begunAt: pull.begunAt.toISOString(),
      doneAt: pull.doneAt?.toISOString() ?? null,
    })),
  };
}
export type ListedBills = Awaited<ReturnType<typeof listBills>>;
