import { Prisma } from "@/prisma/generated/client";
import { addDays, type LocalDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import { names, people, sums, userNames } from "./block-queries";
import { coverOf } from "./blocks";
import { recentSizes, type Stretch } from "./recent-days";

const raw = (text: string) => Prisma.raw(text);
const sizes = raw(recentSizes.join(", "));

/** Where people's sums are kept, and what they are by. */
const tables = [
  {
    blocks: "rollup_block_by",
    days: "rollup_day_by",
    by: raw("dimension, value"),
    of: Prisma.sql`dimension IN (${userNames})`,
  },
  {
    blocks: "rollup_user_block",
    days: "rollup_user_day",
    by: people,
    of: raw("true"),
  },
] as const;

/** Forgets the sums of recent days, and that there are any. */
export async function forgetRecent(db: Db, tenantId: string): Promise<void> {
  for (const { blocks, of } of tables) {
    await db.$executeRaw`DELETE FROM ${raw(blocks)} WHERE tenant_id = ${tenantId}::uuid AND ${of} AND days IN (${sizes})`;
  }
  await db.$executeRaw`UPDATE rollup_state SET recent_to = NULL WHERE tenant_id = ${tenantId}::uuid`;
}

/** Sums people's rows of a stretch, from the days and blocks that it is made of. */
export async function sumStretch(
  db: Db,
  tenantId: string,
  { first, days }: Stretch,
  blocksTo: LocalDay | null,
): Promise<void> {
  const cover = coverOf(first, addDays(first, days), blocksTo);
  for (const table of tables) {
    const ofTenant = Prisma.sql`tenant_id = ${tenantId}::uuid AND ${table.of}`;
    const rows = [
      ...cover.days.map(
        (run) => Prisma.sql`SELECT ${table.by}, ${names} FROM ${raw(table.days)}
          WHERE ${ofTenant} AND day BETWEEN ${run.first}::date AND ${run.last}::date`,
      ),
      ...cover.blocks.map(
        ({ size, blocks }) => Prisma.sql`SELECT ${table.by}, ${names} FROM ${raw(table.blocks)}
          WHERE ${ofTenant} AND days = ${raw(String(size))} AND block = ANY (${blocks}::date[])`,
      ),
    ];
    await db.$executeRaw`
      INSERT INTO ${raw(table.blocks)} (tenant_id, days, block, ${table.by}, ${names})
      SELECT ${tenantId}::uuid, ${raw(String(days))}, ${first}::date, ${table.by}, ${sums}
      FROM (${Prisma.join(rows, " UNION ALL ")}) AS rows GROUP BY ${table.by} ORDER BY ${table.by}`;
  }
}

export async function noteRecentBegun(db: Db, tenantId: string, now: Date): Promise<void> {
  await db.$executeRaw`UPDATE rollup_state SET recent_at = ${now}::timestamptz WHERE tenant_id = ${tenantId}::uuid`;
}

/** Says that people's recent days are summed as of this day's beginning. */
export async function saveRecent(db: Db, tenantId: string, recentTo: LocalDay): Promise<void> {
  await db.$executeRaw`UPDATE rollup_state SET recent_to = ${recentTo}::date WHERE tenant_id = ${tenantId}::uuid`;
}
