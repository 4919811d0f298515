import { Prisma } from "@/prisma/generated/client";
import { addDays } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import { blockDays, blockOf, blockOfSql } from "./blocks";
import type { Run } from "./runs";
import { measureNames, peopleOfFeatures, projectedUsers, workDimensions } from "./shape";

const raw = (text: string) => Prisma.raw(text);
const names = raw(measureNames.join(", "));
const sums = raw(measureNames.map((name) => `sum(${name}) AS ${name}`).join(", "));
const work = raw(workDimensions.join(", "));
const block = raw(`${blockOfSql("day")} AS block`);
const people = raw(peopleOfFeatures.join(", "));
const userNames = raw(projectedUsers.map((name) => `'${name}'`).join(", "));

/** Conditions for the blocks that these days are in, and for the days of these blocks. */
function boundsOf(tenantId: string, days: Run<string>): { blocks: Prisma.Sql; theirDays: Prisma.Sql } {
  const [first, last] = [blockOf(days.first), blockOf(days.last)];
  const ofTenant = Prisma.sql`tenant_id = ${tenantId}::uuid`;
  return {
    blocks: Prisma.sql`${ofTenant} AND block BETWEEN ${first}::date AND ${last}::date`,
    theirDays: Prisma.sql`${ofTenant} AND day BETWEEN ${first}::date AND ${addDays(last, blockDays - 1)}::date`,
  };
}

/** Sums the blocks of these days anew, from the days. */
export async function replaceBlocks(db: Db, tenantId: string, days: Run<string>): Promise<void> {
  const { blocks, theirDays } = boundsOf(tenantId, days);
  await db.$executeRaw`DELETE FROM rollup_block WHERE ${blocks}`;
  await db.$executeRaw`
    INSERT INTO rollup_block (tenant_id, block, n, ${work}, ${names})
    SELECT ${tenantId}::uuid, block, row_number() OVER (PARTITION BY block ORDER BY ${work}), ${work}, ${names}
    FROM (SELECT ${block}, ${work}, ${sums} FROM rollup_day WHERE ${theirDays} GROUP BY 1, ${work}) AS grouped`;
}

/** The same by user and by account, and of both by feature. */
export async function replaceUserBlocks(db: Db, tenantId: string, days: Run<string>): Promise<void> {
  const { blocks, theirDays } = boundsOf(tenantId, days);
  await db.$executeRaw`DELETE FROM rollup_block_by WHERE ${blocks}`;
  await db.$executeRaw`
    INSERT INTO rollup_block_by (tenant_id, block, dimension, value, ${names})
    SELECT ${tenantId}::uuid, ${block}, dimension, value, ${sums} FROM rollup_day_by
    WHERE ${theirDays} AND dimension IN (${userNames}) GROUP BY 2, dimension, value`;
  await db.$executeRaw`DELETE FROM rollup_user_block WHERE ${blocks}`;
  await db.$executeRaw`
    INSERT INTO rollup_user_block (tenant_id, block, ${people}, ${names})
    SELECT ${tenantId}::uuid, ${block}, ${people}, ${sums} FROM rollup_user_day
    WHERE ${theirDays} GROUP BY 2, ${people} ORDER BY 2, ${people}`;
}

export async function deleteAllBlocks(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM rollup_block WHERE tenant_id = ${tenantId}::uuid`;
  await db.$executeRaw`DELETE FROM rollup_block_by WHERE tenant_id = ${tenantId}::uuid`;
  await db.$executeRaw`DELETE FROM rollup_user_block WHERE tenant_id = ${tenantId}::uuid`;
}
