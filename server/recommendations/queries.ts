import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { Baseline, Finding, findingShape, Kind, LookFacts, Measured, State } from "./schemas";

/** A look and somebody's decision, or two looks, go one after the other. */
export async function lockRecommendations(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`recommendations:${tenantId}`}, 0))`;
}

const columns = Prisma.sql`id::text AS id, kind, subject_key AS "subjectKey", shape, finding, first_found_at AS "firstFoundAt", found_at AS "foundAt",
  holds, state, decided_at AS "decidedAt", decided_by AS "decidedBy", note, owner_id::text AS "ownerId", due_on::text AS "dueOn",
  baseline, measured, trim_scale(dismissed_usd)::text AS "dismissedUsd"`;

export const Recommendation = z.object({
  id: z.string(),
  kind: Kind,
  subjectKey: z.string(),
  // Another shape needs a reader of its own.
  shape: z.literal(findingShape),
  finding: Finding,
  firstFoundAt: z.date(),
  foundAt: z.date(),
  holds: z.boolean(),
  state: State,
  decidedAt: z.date().nullable(),
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
  ownerId: z.string().nullable(),
  /** Local day. */
  dueOn: z.string().nullable(),
  baseline: Baseline.nullable(),
  measured: Measured.nullable(),
  dismissedUsd: z.string().nullable(),
});
export type Recommendation = z.infer<typeof Recommendation>;

/** Every one that there ever was, by what it is about. */
export async function allRecommendations(db: Db, tenantId: string): Promise<Recommendation[]> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM recommendation WHERE tenant_id = ${tenantId}::uuid ORDER BY kind, subject_key`;
  return z.array(Recommendation).parse(rows);
}

export async function findRecommendation(
  db: Db,
  tenantId: string,
  id: string,
): Promise<Recommendation | null> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM recommendation WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
  return z.array(Recommendation).parse(rows)[0] ?? null;
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

/** As a whole, new or known. */
export async function saveRecommendation(db: Db, tenantId: string, one: Recommendation): Promise<void> {
  await db.$executeRaw`
    INSERT INTO recommendation (tenant_id, id, kind, subject_key, shape, finding, first_found_at, found_at, holds, state, decided_at,
      decided_by, note, owner_id, due_on, baseline, measured, dismissed_usd)
    VALUES (${tenantId}::uuid, ${one.id}::uuid, ${one.kind}, ${one.subjectKey}, ${one.shape}, ${json(one.finding)}::jsonb,
      ${one.firstFoundAt}::timestamptz, ${one.foundAt}::timestamptz, ${one.holds}, ${one.state}, ${one.decidedAt}::timestamptz,
      ${one.decidedBy}, ${one.note}, ${one.ownerId}::uuid, ${one.dueOn}::date, ${json(one.baseline)}::jsonb,
      ${json(one.measured)}::jsonb, ${one.dismissedUsd}::numeric)
    ON CONFLICT (tenant_id, id) DO UPDATE SET finding = excluded.finding, found_at = excluded.found_at, shape = excluded.shape,
      holds = excluded.holds, state = excluded.state, decided_at = excluded.decided_at, decided_by = excluded.decided_by,
      note = excluded.note, owner_id = excluded.owner_id, due_on = excluded.due_on, baseline = excluded.baseline,
      measured = excluded.measured, dismissed_usd = excluded.dismissed_usd`;
}

const LastLook = z.object({
  lookedAt: z.date(),
  /** Local days, both included. */
  first: z.string(),
  last: z.string(),
  shape: z.literal(findingShape),
  facts: LookFacts,
});
export type LastLook = z.infer<typeof LastLook>;

/** Null: nobody has looked yet. */
export async function lastLook(db: Db, tenantId: string): Promise<LastLook | null> {
  const rows = await db.$queryRaw`
    SELECT looked_at AS "lookedAt", first_day::text AS first, last_day::text AS last, shape, facts
    FROM recommendation_look WHERE tenant_id = ${tenantId}::uuid`;
  return z.array(LastLook).parse(rows)[0] ?? null;
}

export async function saveLook(db: Db, tenantId: string, look: LastLook): Promise<void> {
  await db.$executeRaw`
    INSERT INTO recommendation_look (tenant_id, looked_at, first_day, last_day, shape, facts)
    VALUES (${tenantId}::uuid, ${look.lookedAt}::timestamptz, ${look.first}::date, ${look.last}::date, ${look.shape},
      ${JSON.stringify(look.facts)}::jsonb)
    ON CONFLICT (tenant_id) DO UPDATE SET looked_at = excluded.looked_at, first_day = excluded.first_day,
      last_day = excluded.last_day, shape = excluded.shape, facts = excluded.facts`;
}
