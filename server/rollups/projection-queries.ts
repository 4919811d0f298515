import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { replaceUserBlocks } from "./block-queries";
import type { Run } from "./runs";
import { everything, measureNames, projectedUsers, workDimensions } from "./shape";
import { inDays } from "./days-query";

const raw = (text: string) => Prisma.raw(text);
const names = raw(measureNames.join(", "));
const sums = raw(measureNames.map((name) => `sum(${name})`).join(", "));
/** A row for each of these tags. */
const each = (dimensions: readonly string[], more = "") =>
  raw(
    `LATERAL (VALUES ${more}${dimensions.map((name) => `('${name}', ${name})`).join(", ")}) AS tag(dimension, value)`,
  );
const eachWork = each(workDimensions, `('${everything}', ''), `);
const eachUser = each(projectedUsers);
const userNames = raw(projectedUsers.map((name) => `'${name}'`).join(", "));

/** The slots of [from, to), one tag at a time, from the slots. */
export async function projectSlots(db: Db, tenantId: string, from: Date, to: Date): Promise<void> {
  const bounds = Prisma.sql`tenant_id = ${tenantId}::uuid AND slot >= ${from}::timestamptz AND slot < ${to}::timestamptz`;
  await db.$executeRaw`DELETE FROM rollup_slot_by WHERE ${bounds} AND dimension = ANY (${[everything, ...workDimensions]}::text[])`;
  await db.$executeRaw`
    INSERT INTO rollup_slot_by (tenant_id, dimension, slot, value, ${names})
    SELECT ${tenantId}::uuid, dimension, slot, value, ${sums} FROM rollup_slot, ${eachWork}
    WHERE ${bounds} GROUP BY dimension, slot, value`;
}

/** The slots of these local days, one tag at a time: for a rebuild. */
export async function projectSlotsOfDays(
  db: Db,
  tenantId: string,
  timeZone: string,
  days: Run<string>,
): Promise<void> {
  const bounds = (table: string) =>
    Prisma.sql`${raw(table)}.tenant_id = ${tenantId}::uuid AND ${inDays(`${table}.slot`, timeZone, days)}`;
  await db.$executeRaw`DELETE FROM rollup_slot_by WHERE ${bounds("rollup_slot_by")} AND dimension = ANY (${[everything, ...workDimensions]}::text[])`;
  await db.$executeRaw`
    INSERT INTO rollup_slot_by (tenant_id, dimension, slot, value, ${names})
    SELECT ${tenantId}::uuid, dimension, slot, value, ${sums} FROM rollup_slot, ${eachWork}
    WHERE ${bounds("rollup_slot")} GROUP BY dimension, slot, value`;
}

const inRun = (tenantId: string, column: string, { first, last }: Run<string>) =>
  Prisma.sql`tenant_id = ${tenantId}::uuid AND ${raw(column)} BETWEEN ${first}::date AND ${last}::date`;

/** These days, one tag at a time, from the days and the days by user. */
export async function projectDays(db: Db, tenantId: string, days: Run<string>): Promise<void> {
  await db.$executeRaw`DELETE FROM rollup_day_by WHERE ${inRun(tenantId, "day", days)} AND dimension = ANY (${[everything, ...workDimensions]}::text[])`;
  await db.$executeRaw`
    INSERT INTO rollup_day_by (tenant_id, dimension, day, value, ${names})
    SELECT ${tenantId}::uuid, dimension, day, value, ${sums} FROM rollup_day, ${eachWork}
    WHERE ${inRun(tenantId, "day", days)} GROUP BY dimension, day, value`;
  await projectUserDays(db, tenantId, days);
}

/** These days by user and by account, from the days by user; and the blocks that they are in. */
export async function projectUserDays(db: Db, tenantId: string, days: Run<string>): Promise<void> {
  await db.$executeRaw`DELETE FROM rollup_day_by WHERE ${inRun(tenantId, "day", days)} AND dimension IN (${userNames})`;
  await db.$executeRaw`
    INSERT INTO rollup_day_by (tenant_id, dimension, day, value, ${names})
    SELECT ${tenantId}::uuid, dimension, day, value, ${sums} FROM rollup_user_day, ${eachUser}
    WHERE ${inRun(tenantId, "day", days)} GROUP BY dimension, day, value`;
  await replaceUserBlocks(db, tenantId, days);
}

/** These days no longer exist: they were another zone's. */
export async function deleteAllProjections(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM rollup_day_by WHERE tenant_id = ${tenantId}::uuid`;
  await db.$executeRaw`DELETE FROM rollup_month_by WHERE tenant_id = ${tenantId}::uuid`;
}
