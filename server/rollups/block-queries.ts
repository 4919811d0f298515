import { Prisma } from "@/prisma/generated/client";
import { addDays, type LocalDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import { blockOf, blockOfSql, type BlockSize, smallestSize } from "./blocks";
import type { Run } from "./runs";
import { measureNames, peopleOfFeatures, projectedUsers, workDimensions } from "./shape";

const raw = (text: string) => Prisma.raw(text);
/** Measures of a block, and how they are summed from its parts. */
export const names = raw(measureNames.join(", "));
export const sums = raw(measureNames.map((name) => `sum(${name}) AS ${name}`).join(", "));
const work = raw(workDimensions.join(", "));
const tables = ["rollup_block", "rollup_block_by", "rollup_user_block"] as const;
type Table = (typeof tables)[number];
export const people = raw(peopleOfFeatures.join(", "));
/** Values of `dimension` that are people's. */
export const userNames = raw(projectedUsers.map((name) => `'${name}'`).join(", "));

/** Blocks of a size and what they are summed from: the rows, by the expression of the block that each is in. */
interface Sums {
  tenantId: string;
  size: BlockSize;
  /** Which blocks are replaced. */
  blocks: Prisma.Sql;
  /** Of the day or the block of a row. */
  block: Prisma.Sql;
  rows: Prisma.Sql;
}

/** Days that lie in the smallest blocks of these days, and these blocks. */
function fromDays(tenantId: string, days: Run<LocalDay>): Sums {
  const [first, last] = [blockOf(days.first, smallestSize), blockOf(days.last, smallestSize)];
  return {
    tenantId,
    size: smallestSize,
    blocks: Prisma.sql`block BETWEEN ${first}::date AND ${last}::date`,
    block: raw(blockOfSql("day", smallestSize)),
    rows: Prisma.sql`tenant_id = ${tenantId}::uuid AND day BETWEEN ${first}::date AND ${addDays(last, smallestSize - 1)}::date`,
  };
}

/** Blocks of a wide size by their first days, and the two halves of each. */
function fromHalves(tenantId: string, size: BlockSize, firstDays: readonly LocalDay[]): Sums {
  const half = size / 2;
  const halves = [...firstDays, ...firstDays.map((first) => addDays(first, half))];
  return {
    tenantId,
    size,
    blocks: Prisma.sql`block = ANY (${firstDays}::date[])`,
    block: raw(blockOfSql("block", size)),
    rows: Prisma.sql`tenant_id = ${tenantId}::uuid AND days = ${raw(String(half))} AND block = ANY (${halves}::date[])`,
  };
}

const forget = (db: Db, table: Table, { tenantId, size, blocks }: Sums) =>
  db.$executeRaw`DELETE FROM ${raw(table)} WHERE tenant_id = ${tenantId}::uuid AND days = ${raw(String(size))} AND ${blocks}`;

async function sumWork(db: Db, source: "rollup_day" | "rollup_block", of: Sums): Promise<void> {
  await forget(db, "rollup_block", of);
  await db.$executeRaw`
    INSERT INTO rollup_block (tenant_id, days, block, n, ${work}, ${names})
    SELECT ${of.tenantId}::uuid, ${raw(String(of.size))}, block, row_number() OVER (PARTITION BY block ORDER BY ${work}), ${work}, ${names}
    FROM (SELECT ${of.block} AS block, ${work}, ${sums} FROM ${raw(source)} WHERE ${of.rows} GROUP BY 1, ${work}) AS grouped`;
}

async function sumPeople(db: Db, source: "rollup_day_by" | "rollup_block_by", of: Sums): Promise<void> {
  await forget(db, "rollup_block_by", of);
  await db.$executeRaw`
    INSERT INTO rollup_block_by (tenant_id, days, block, dimension, value, ${names})
    SELECT ${of.tenantId}::uuid, ${raw(String(of.size))}, ${of.block}, dimension, value, ${sums} FROM ${raw(source)}
    WHERE ${of.rows} AND dimension IN (${userNames}) GROUP BY 3, dimension, value`;
}

async function sumPeopleOfFeatures(
  db: Db,
  source: "rollup_user_day" | "rollup_user_block",
  of: Sums,
): Promise<void> {
  await forget(db, "rollup_user_block", of);
  await db.$executeRaw`
    INSERT INTO rollup_user_block (tenant_id, days, block, ${people}, ${names})
    SELECT ${of.tenantId}::uuid, ${raw(String(of.size))}, ${of.block}, ${people}, ${sums} FROM ${raw(source)}
    WHERE ${of.rows} GROUP BY 3, ${people} ORDER BY 3, ${people}`;
}

/** Sums the smallest blocks of these days anew, from the days. */
export const replaceBlocks = (db: Db, tenantId: string, days: Run<LocalDay>): Promise<void> =>
  sumWork(db, "rollup_day", fromDays(tenantId, days));

/** The same by user and by account, and of both by feature. */
export async function replaceUserBlocks(db: Db, tenantId: string, days: Run<LocalDay>): Promise<void> {
  const of = fromDays(tenantId, days);
  await sumPeople(db, "rollup_day_by", of);
  await sumPeopleOfFeatures(db, "rollup_user_day", of);
}

/** Sums these blocks of a wide size anew, each from its two halves, which are there already. */
export async function sumWideBlocks(
  db: Db,
  tenantId: string,
  size: BlockSize,
  firstDays: readonly LocalDay[],
): Promise<void> {
  if (firstDays.length === 0) return;
  const of = fromHalves(tenantId, size, firstDays);
  await sumWork(db, "rollup_block", of);
  await sumPeople(db, "rollup_block_by", of);
  await sumPeopleOfFeatures(db, "rollup_user_block", of);
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
