import { z } from "zod";
import type { Db } from "@/server/db";

const Row = z.object({
  /** Null: nothing was ever rolled up. */
  timeZone: z.string().nullable(),
  shape: z.number().nullable(),
  monthsTo: z.string().nullable(),
  blocksTo: z.string().nullable(),
  recentTo: z.string().nullable(),
  rebuildTo: z.string().nullable(),
  oldestMarkedAt: z.date().nullable(),
  hours: z.number(),
});

/** How far the roll-ups are, and what waits: in one look, for every report begins with it. */
export async function stateAndMarks(db: Db, tenantId: string): Promise<z.infer<typeof Row>> {
  const rows = await db.$queryRaw`
    SELECT s.time_zone AS "timeZone", s.shape, to_char(s.months_to, 'YYYY-MM-DD') AS "monthsTo",
      to_char(s.blocks_to, 'YYYY-MM-DD') AS "blocksTo", to_char(s.recent_to, 'YYYY-MM-DD') AS "recentTo",
      to_char(s.rebuild_to, 'YYYY-MM-DD') AS "rebuildTo", m.oldest AS "oldestMarkedAt", m.hours
    FROM (SELECT min(marked_at) AS oldest, count(DISTINCT hour)::int AS hours FROM rollup_dirty WHERE tenant_id = ${tenantId}::uuid) AS m
      LEFT JOIN rollup_state s ON s.tenant_id = ${tenantId}::uuid`;
  return z.tuple([Row]).parse(rows)[0];
}
