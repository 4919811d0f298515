import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { IncidentSubject } from "@/server/incidents/schemas";

/** Where the roll-ups by day name a subject of this kind. */
const places: Partial<Record<IncidentSubject["kind"], Prisma.Sql>> = {
  feature: Prisma.sql`rollup_day WHERE feature`,
  user: Prisma.sql`rollup_user_day WHERE user_id`,
  account: Prisma.sql`rollup_user_day WHERE account_id`,
};

/** Teams that spent on a subject on these local days, both inclusive; none where it is everybody's or nobody's. */
export async function teamsBehind(
  db: Db,
  tenantId: string,
  subject: IncidentSubject,
  days: { first: string; last: string },
): Promise<string[]> {
  if (subject.kind === "team") return [subject.key];
  const place = places[subject.kind];
  if (!place) return [];
  const rows = await db.$queryRaw<{ team: string }[]>`
    SELECT DISTINCT team FROM ${place} = ${subject.key} AND tenant_id = ${tenantId}::uuid AND team <> ''
      AND day BETWEEN ${days.first}::date AND ${days.last}::date`;
  return rows.map(({ team }) => team);
}
