import { z } from "zod";
import type { Db } from "@/server/db";
import type { DayRead } from "./day-reads";
import { TokenClass } from "./schemas";

const Read = z.object({
  pullId: z.string(),
  stream: z.string(),
  day: z.string(),
  readAt: z.date(),
  digest: z.string(),
  fileKind: z.enum(["cost", "usage"]).nullable(),
  isSettled: z.boolean(),
});

/** Every read of the days, both inclusive, but those of files that were removed. */
export async function listDayReads(
  db: Db,
  of: { tenantId: string; provider: string; first: string; last: string },
): Promise<DayRead[]> {
  const rows = await db.$queryRaw`
    SELECT r.pull_id AS "pullId", r.stream, r.day::text AS day, r.read_at AS "readAt", r.digest, p.file_kind AS "fileKind",
      p.is_settled AS "isSettled"
    FROM bill_read r JOIN bill_pull p ON p.tenant_id = r.tenant_id AND p.id = r.pull_id
    WHERE r.tenant_id = ${of.tenantId}::uuid AND r.provider = ${of.provider} AND r.day BETWEEN ${of.first}::date AND ${of.last}::date
      AND p.removed_at IS NULL
    ORDER BY r.day, r.read_at, r.pull_id`;
  return z.array(Read).parse(rows);
}

/** By provider, the newest month first. Files of usage alone are no bill. */
export async function listBilledMonths(
  db: Db,
  tenantId: string,
): Promise<{ provider: string; month: string }[]> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT r.provider, to_char(r.day, 'YYYY-MM') AS month
    FROM bill_read r JOIN bill_pull p ON p.tenant_id = r.tenant_id AND p.id = r.pull_id
    WHERE r.tenant_id = ${tenantId}::uuid AND p.removed_at IS NULL AND p.file_kind IS DISTINCT FROM 'usage'
    ORDER BY 1, 2 DESC`;
  return z.array(z.object({ provider: z.string(), month: z.string() })).parse(rows);
}

const Row = z.object({
  pullId: z.string(),
  day: z.string(),
  basis: z.enum(["cost", "usage"]),
  kind: z.enum(["usage", "tax", "credit"]),
  model: z.string(),
  tokenClass: TokenClass,
  service: z.string(),
  workspace: z.string(),
  description: z.string(),
  /** USD; null in lines of usage. */
  amount: z.string().nullable(),
  listAmount: z.string().nullable(),
  /** Null where any of the lines does not say. */
  quantity: z.string().nullable(),
});
export type BilledRow = z.infer<typeof Row>;

/** The lines of those pulls on those days (the nth of each), summed as far as they can be told apart. */
export async function listBilled(
  db: Db,
  tenantId: string,
  wanted: readonly { pullId: string; day: string }[],
): Promise<BilledRow[]> {
  if (wanted.length === 0) return [];
  const pulls = wanted.map(({ pullId }) => pullId);
  const days = wanted.map(({ day }) => day);
  const rows = await db.$queryRaw`
    SELECT l.pull_id AS "pullId", l.day::text AS day, l.basis, l.kind, l.model, l.token_class AS "tokenClass", l.service, l.workspace,
      CASE WHEN l.model = '' THEN l.description ELSE '' END AS description,
      trim_scale(sum(l.amount))::text AS amount,
      CASE WHEN bool_and(l.list_amount IS NOT NULL) THEN trim_scale(sum(l.list_amount))::text END AS "listAmount",
      CASE WHEN bool_and(l.quantity IS NOT NULL) THEN trim_scale(sum(l.quantity))::text END AS quantity
    FROM unnest(${pulls}::uuid[], ${days}::date[]) AS w(pull_id, day)
    JOIN bill_line l ON l.tenant_id = ${tenantId}::uuid AND l.pull_id = w.pull_id AND l.day = w.day
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    ORDER BY 2, 3, 5, 6, 7, 8, 9, 1`;
  return z.array(Row).parse(rows);
}

const Stream = z.object({ id: z.string(), stream: z.string() });

/** The stream of each pull. */
export async function streamsOf(
  db: Db,
  tenantId: string,
  pullIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.billPull.findMany({
    where: { tenantId, id: { in: [...pullIds] } },
    select: { id: true, stream: true },
  });
  return new Map(
    z
      .array(Stream)
      .parse(rows)
      .map(({ id, stream }) => [id, stream]),
  );
}
