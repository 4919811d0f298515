import { z } from "zod";
import type { Db } from "@/server/db";

const Day = z.object({ day: z.string(), fingerprint: z.string() });

/** What days looked like when their hours were last put into the outbox. */
export async function knownDays(
  db: Db,
  tenantId: string,
  connectionId: string,
  from: string,
  to: string,
): Promise<Map<string, string>> {
  const rows = await db.$queryRaw`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, fingerprint FROM billing_day
    WHERE tenant_id = ${tenantId}::uuid AND connection_id = ${connectionId}::uuid AND day BETWEEN ${from}::date AND ${to}::date`;
  return new Map(
    z
      .array(Day)
      .parse(rows)
      .map(({ day, fingerprint }) => [day, fingerprint]),
  );
}

export async function saveDay(
  db: Db,
  tenantId: string,
  connectionId: string,
  day: string,
  fingerprint: string,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO billing_day (tenant_id, connection_id, day, fingerprint)
    VALUES (${tenantId}::uuid, ${connectionId}::uuid, ${day}::date, ${fingerprint})
    ON CONFLICT (tenant_id, connection_id, day) DO UPDATE SET fingerprint = excluded.fingerprint`;
}
