import { z } from "zod";
import { withAuth } from "@/server/db";
import type { Db } from "@/server/db";
import type { Tenant } from "@/server/context";

const Found = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  timeZone: z.string(),
  latencyBufferMinutes: z.number(),
});

/** Before the tenant is known: whoever knocks is believed by its signature alone. */
export async function tenantOfSlug(slug: string): Promise<Tenant | null> {
  const rows = await withAuth(
    (db) => db.$queryRaw`
      SELECT tenant_id AS id, slug, name, time_zone AS "timeZone", latency_buffer_minutes AS "latencyBufferMinutes"
      FROM tenant WHERE slug = ${slug}`,
  );
  return z.array(Found).parse(rows)[0] ?? null;
}

export interface EventKey {
  tenantId: string;
  connectionId: string;
  eventId: string;
}

/** @returns false when it was there already */
export async function insertEvent(
  db: Db,
  event: EventKey & { kind: string; receivedAt: Date },
): Promise<boolean> {
  const { count } = await db.billingEvent.createMany({
    data: [{ ...event, state: "waiting", attempts: 0 }],
    skipDuplicates: true,
  });
  return count > 0;
}

export async function waitingEvents(
  db: Db,
  tenantId: string,
  connectionId: string,
): Promise<{ eventId: string; kind: string; attempts: number }[]> {
  return db.billingEvent.findMany({
    where: { tenantId, connectionId, state: "waiting" },
    select: { eventId: true, kind: true, attempts: true },
    orderBy: [{ receivedAt: "asc" }, { eventId: "asc" }],
    take: 100,
  });
}

export async function settleEvent(
  db: Db,
  { tenantId, connectionId, eventId }: EventKey,
  to: {
    state: "waiting" | "done" | "failed";
    attempts: number;
    processedAt: Date | null;
    failure: string | null;
  },
): Promise<void> {
  await db.billingEvent.updateMany({
    where: { tenantId, connectionId, eventId, state: "waiting" },
    data: to,
  });
}
