import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { measureNames, peopleOfFeatures, workDimensions } from "./shape";

const raw = (text: string) => Prisma.raw(text);
const names = raw(measureNames.join(", "));
const sums = raw(measureNames.map((name) => `sum(${name})`).join(", "));
const work = raw(workDimensions.join(", "));
const people = raw(peopleOfFeatures.join(", "));

/** Local months with days from `from` on and before `to` (first days of months), for those to be built first. */
export async function monthsWithDays(
  db: Db,
  tenantId: string,
  from: string | null,
  to: string,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ month: string }[]>`
    SELECT DISTINCT to_char(day, 'YYYY-MM-01') AS month FROM rollup_day
    WHERE tenant_id = ${tenantId}::uuid AND day >= coalesce(${from}::date, '-infinity') AND day < ${to}::date ORDER BY 1`;
  return rows.map((row) => row.month);
}

/** Sums a month from its days. */
export async function replaceMonth(db: Db, tenantId: string, month: string): Promise<void> {
  const ofMonth = Prisma.sql`tenant_id = ${tenantId}::uuid AND month = ${month}::date`;
  const itsDays = Prisma.sql`tenant_id = ${tenantId}::uuid AND day >= ${month}::date AND day < (${month}::date + interval '1 month')::date`;
  await db.$executeRaw`DELETE FROM rollup_month WHERE ${ofMonth}`;
  await db.$executeRaw`
    INSERT INTO rollup_month (tenant_id, month, n, ${work}, ${names})
    SELECT ${tenantId}::uuid, ${month}::date, row_number() OVER (ORDER BY ${work}), ${work}, ${names}
    FROM (SELECT ${work}, ${raw(measureNames.map((name) => `sum(${name}) AS ${name}`).join(", "))}
      FROM rollup_day WHERE ${itsDays} GROUP BY ${work}) AS grouped`;
  await db.$executeRaw`DELETE FROM rollup_month_by WHERE ${ofMonth}`;
  await db.$executeRaw`
    INSERT INTO rollup_month_by (tenant_id, dimension, month, value, ${names})
    SELECT ${tenantId}::uuid, dimension, ${month}::date, value, ${sums} FROM rollup_day_by
    WHERE ${itsDays} GROUP BY dimension, value`;
  await db.$executeRaw`DELETE FROM rollup_user_month WHERE ${ofMonth}`;
  await db.$executeRaw`
    INSERT INTO rollup_user_month (tenant_id, month, ${people}, ${names})
    SELECT ${tenantId}::uuid, ${month}::date, ${people}, ${sums} FROM rollup_user_day
    WHERE ${itsDays} GROUP BY ${people} ORDER BY ${people}`;
}

export async function deleteAllMonths(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM rollup_month WHERE tenant_id = ${tenantId}::uuid`;
  await db.$executeRaw`DELETE FROM rollup_user_month WHERE tenant_id = ${tenantId}::uuid`;
}
