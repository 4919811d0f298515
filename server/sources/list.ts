import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listConnections } from "./queries";
import { LangfuseSettings, PlausibleSettings } from "./schemas";

/** The tenant's connections, newest first, and how they fare; never their keys. */
export async function listSources(ctx: Ctx) {
  requireRight(ctx.actor, "sources:read");
  const connections = await ctx.db.read((db) => listConnections(db, ctx.tenant.id));
  return connections.map((connection) => ({
    id: connection.id,
    kind: connection.kind,
    name: connection.name,
    baseUrl: connection.baseUrl,
    /** What is pulled, in the source's own words. */
    what: whatOf(connection.kind, connection.settings),
    state: connection.state,
    pulledTo: connection.pulledTo?.toISOString() ?? null,
    lastRunAt: connection.lastRunAt?.toISOString() ?? null,
    lastOkAt: connection.lastOkAt?.toISOString() ?? null,
    failure: connection.failure,
    /** While the source asked us to wait. */
    waitUntil:
      connection.waitUntil && connection.waitUntil > ctx.now ? connection.waitUntil.toISOString() : null,
    items: connection.items,
    accepted: connection.accepted,
    duplicates: connection.duplicates,
    rejected: connection.rejected,
    createdAt: connection.createdAt.toISOString(),
  }));
}
export type ListedSource = Awaited<ReturnType<typeof listSources>>[number];

function whatOf(kind: "langfuse" | "plausible", settings: unknown): string {
  if (kind === "langfuse") {
    const parsed = LangfuseSettings.safeParse(settings);
    return parsed.success ? `generations and embeddings, ${parsed.data.daysBack} days back at first` : "";
  }
  const parsed = PlausibleSettings.safeParse(settings);
  if (!parsed.success) return "";
  const { siteId, goal, property, timeZone } = parsed.data;
  return `${siteId}: goal “${goal}” by ${property}, days of ${timeZone}`;
}
