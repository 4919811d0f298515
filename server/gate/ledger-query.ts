import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { columnOf } from "@/server/analytics/dimensions";
import type { Built } from "@/server/analytics/pieces";
import type { Grouping } from "@/server/analytics/schemas";
import { sourceSql } from "@/server/analytics/source-query";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { Usd } from "@/server/prices/decimal";

const quarterMs = 15 * 60_000;
const Row = z.object({ key: z.string(), usd: z.string() });

/** The ledger's cost of some values of a tag from an instant to now. */
export async function ledgerSums(
  db: Db,
  ctx: Ctx,
  built: Built,
  kind: string,
  from: Date,
  keys: string[],
): Promise<Map<string, Usd>> {
  const to = new Date(Math.ceil((ctx.now.getTime() + 1) / quarterMs) * quarterMs);
  const tag = kind === "tenant" ? null : (kind as Grouping);
  const source = sourceSql({
    tenantId: ctx.tenant.id,
    timeZone: ctx.tenant.timeZone,
    range: { from, to, days: null },
    built,
    dimensions: tag === null ? [] : [tag],
    filter: tag === null ? {} : { [tag]: { is: keys } },
    granularity: "total",
    knownAt: null,
  });
  const key = tag === null ? Prisma.sql`''` : Prisma.raw(columnOf[tag]);
  const rows = await db.$queryRaw`
    SELECT ${key} AS key, sum(cost_usd)::text AS usd FROM ${source} AS source GROUP BY 1`;
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map((row) => [row.key, new Usd(row.usd)]),
  );
}
