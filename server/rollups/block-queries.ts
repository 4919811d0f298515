import { Prisma } from "@/prisma/generated/client";
import { addDays, type LocalDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import { blockOf, blockOfSql, type BlockSize, smallestSize } from "./blocks";
import type { Run } from "./runs";
import { measureNames, peopleOfFeatures, projectedUsers, workDimensions } from "./shape";

const raw = (text: string) => Prisma.raw(text);
const names = raw(measureNames.join(", "));
const sums = raw(measureNames.map((name) => `sum(${name}) AS ${name}`).join(", "));
const work = raw(workDimensions.join(", "));
const block = raw(blockOfSql("day", smallestSize));
const smallest = raw(String(smallestSize));
const tables = ["rollup_block", "rollup_block_by", "rollup_user_block"] as const;
const people = raw(peopleOfFeatures.join(", "));
const userNames = raw(projectedUsers.map((name) => `'${name}'`).join(", "));

/** Conditions for the smallest blocks that these days are in, and for the days of these blocks. */
function boundsOf(tenantId: string, days: Run<string>): { blocks: Prisma.Sql; theirDays: Prisma.Sql } {
  const [first, last] = [blockOf(days.first, smallestSize), blockOf(days.last, smallestSize)];
  const ofTenant = Prisma.sql`tenant_id = ${tenantId}::uuid`;
  return {
    blocks: Prisma.sql`${ofTenant} AND days = ${smallest} AND block BETWEEN ${first}::date AND ${last}::date`,
    theirDays: Prisma.sql`${ofTenant} AND day BETWEEN ${first}::date AND ${addDays(last, smallestSize - 1)}::date`,
  };
}

/** Sums the smallest blocks of these days anew, from the days. */
export async function replaceBlocks(db: Db, tenantId: string, days: Run<string>): Promise<void> {
  const { blocks, theirDays } = boundsOf(tenantId, days);
  await db.$executeRaw`DELETE FROM rollup_block WHERE ${blocks}`;
  await db.$executeRaw`
    INSERT INTO rollup_block (tenant_id, days, block, n, ${work}, ${names})
    SELECT ${tenantId}::uuid, ${smallest}, block, row_number() OVER (PARTITION BY block ORDER BY ${work}), ${work}, ${names}
    FROM (SELECT ${block} AS block, ${work}, ${sums} FROM rollup_day WHERE ${theirDays} GROUP BY 1, ${work}) AS grouped`;
}

/** The same by user and by account, and of both by feature. */
export async function replaceUserBlocks(db: Db, tenantId: string, days: Run<string>): Promise<void> {
  const { blocks, theirDays } = boundsOf(tenantId, days);
  await db.$executeRaw`DELETE FROM rollup_block_by WHERE ${blocks}`;
  await db.$executeRaw`
    INSERT INTO rollup_block_by (tenant_id, days, block, dimension, value, ${names})
    SELECT ${tenantId}::uuid, ${smallest}, ${block}, dimension, value, ${sums} FROM rollup_day_by
    WHERE ${theirDays} AND dimension IN (${userNames}) GROUP BY 3, dimension, value`;
  await db.$executeRaw`DELETE FROM rollup_user_block WHERE ${blocks}`;
  await db.$executeRaw`
    INSERT INTO rollup_user_block (tenant_id, days, block, ${people}, ${names})
    SELECT ${tenantId}::uuid, ${smallest}, ${block}, ${people}, ${sums} FROM rollup_user_day
    WHERE ${theirDays} GROUP BY 3, ${people} ORDER BY 3, ${people}`;
}

/** Sums these blocks of a wide size anew, each from its two halves, which are there already. */
export async function sumWideBlocks(
  db: Db,
  tenantId: string,
  size: BlockSize,
  blocks: readonly LocalDay[],
): Promise<void> {
  if (blocks.length === 0) return;
  const half = size / 2;
  const ofSize = (days: number, firstDays: readonly LocalDay[]) =>
    Prisma.sql`tenant_id = ${tenantId}::uuid AND days = ${raw(String(days))} AND block = ANY (${firstDays}::date[])`;
  const halves = ofSize(half, [...blocks, ...blocks.map((first) => addDays(first, half))]);
  const [days, wide] = [raw(String(size)), raw(blockOfSql("block", size))];
  for (const table of tables) await db.$executeRaw`DELETE FROM ${raw(table)} WHERE ${ofSize(size, blocks)}`;
  await db.$executeRaw`
    INSERT INTO rollup_block (tenant_id, days, block, n, ${work}, ${names})
    SELECT ${tenantId}::uuid, ${days}, block, row_number() OVER (PARTITION BY block ORDER BY ${work}), ${work}, ${names}
    FROM (SELECT ${wide} AS block, ${work}, ${sums} FROM rollup_block WHERE ${halves} GROUP BY 1, ${work}) AS grouped`;
  await db.$executeRaw`
    INSERT INTO rollup_block_by (tenant_id, days, block, dimension, value, ${names})
    SELECT ${tenantId}::uuid, ${days}, ${wide}, dimension, value, ${sums} FROM rollup_block_by
    WHERE ${halves} AND dimension IN (${userNames}) GROUP BY 3, dimension, value`;
  await db.$executeRaw`
    INSERT INTO rollup_user_block (tenant_id, days, block, ${people}, ${names})
    SELECT ${tenantId}::uuid, ${days}, ${wide}, ${people}, ${sums} FROM rollup_user_block
    WHERE ${halves} GROUP BY 3, ${people} ORDER BY 3, ${people}`;
}

/** Null: nothing was ever summed by day. */
export async function firstDay(db: Db, tenantId: string): Promise<LocalDay | null> {
  const rows = await db.$queryRaw<{ day: string | null }[]>`
    SELECT to_char(min(day), 'YYYY-MM-DD') AS day FROM rollup_day WHERE tenant_id = ${tenantId}::uuid`;
  return rows[0]?.day ?? null;
}

export async function deleteAllBlocks(db: Db, tenantId: string): Promise<void> {
  for (const table of tables) {
    await db.$executeRaw`DELETE FROM ${raw(table)} WHERE tenant_id = ${tenantId}::uuid`;
  }
}
