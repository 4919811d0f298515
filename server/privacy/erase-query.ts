import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { sumWideBlocks } from "@/server/rollups/block-queries";
import { wideSizes } from "@/server/rollups/blocks";
import { replaceMonth } from "@/server/rollups/month-queries";
import { projectUserDays } from "@/server/rollups/projection-queries";
import { waitForTenant } from "@/server/rollups/queries";
import { forgetRecent } from "@/server/rollups/recent-queries";

/** Whom to forget where: every form in which the id may be stored, and what stands there instead. */
export interface Subject {
  tenantId: string;
  erasureId: string;
  ids: readonly string[];
  alias: string;
}

const raw = (text: string) => Prisma.raw(text);
const isSubject = ({ ids }: Subject, column: string) =>
  Prisma.sql`${raw(column)} = ANY (${[...ids]}::text[])`;
const renamed = (subject: Subject, column: string) =>
  Prisma.sql`${raw(column)} = CASE WHEN ${isSubject(subject, column)} THEN ${subject.alias} ELSE ${raw(column)} END`;

/** In JSON the id stands in quotes: as a whole string, wherever it is. */
const holdsSubject = ({ ids }: Subject, column: string) =>
  Prisma.sql`(${Prisma.join(
    ids.map((id) => Prisma.sql`strpos(${raw(column)}::text, to_json(${id}::text)::text) > 0`),
    " OR ",
  )})`;
function cleaned({ ids, alias }: Subject, column: string): Prisma.Sql {
  const text = ids.reduce(
    (inner, id) => Prisma.sql`replace(${inner}, to_json(${id}::text)::text, to_json(${alias}::text)::text)`,
    raw(`${column}::text`),
  );
  return Prisma.sql`${raw(column)} = (${text})::jsonb`;
}

const person = (subject: Subject) =>
  Prisma.sql`${renamed(subject, "user_id")}, ${renamed(subject, "account_id")}`;
const isPerson = (subject: Subject) =>
  Prisma.sql`(${isSubject(subject, "user_id")} OR ${isSubject(subject, "account_id")})`;
const personOrTags = (subject: Subject) =>
  Prisma.sql`(${isPerson(subject)} OR ${holdsSubject(subject, "tags")})`;

/** Tables that are gone through in the order of time, and how wide a step is in rows. */
const walks = {
  call: { time: "occurred_at", type: "timestamptz" },
  usage_event: { time: "occurred_at", type: "timestamptz" },
  call_history: { time: "occurred_at", type: "timestamptz" },
  rollup_user_day: { time: "day", type: "date" },
  rollup_run_day: { time: "day", type: "date" },
} as const;
export type WalkedTable = keyof typeof walks;

const Window = z.object({ upTo: z.string().nullable() });

/**
 * Forgets the subject in the next `limit` rows of a table and moves the erasure's cursor behind them. Calls of closed
 * months too: names are no amounts.
 * @returns how many rows named the subject; null when the table is done
 */
export async function eraseNext(
  db: Db,
  subject: Subject,
  table: WalkedTable,
  limit: number,
): Promise<number | null> {
  const { tenantId, erasureId } = subject;
  const { time, type } = walks[table];
  const cursor = Prisma.sql`(SELECT coalesce(cursor_at, '-infinity') FROM erasure WHERE tenant_id = ${tenantId}::uuid AND id = ${erasureId}::uuid)::${raw(type)}`;
  const windows = await db.$queryRaw`
    SELECT max(at)::text AS "upTo" FROM (
      SELECT ${raw(time)} AS at FROM ${raw(table)} WHERE tenant_id = ${tenantId}::uuid AND ${raw(time)} > ${cursor}
      ORDER BY ${raw(time)} LIMIT ${limit}) AS next`;
  const [{ upTo }] = z.tuple([Window]).parse(windows);
  if (upTo === null) return null;
  const within = Prisma.sql`tenant_id = ${tenantId}::uuid AND ${raw(time)} > ${cursor} AND ${raw(time)} <= ${upTo}::${raw(type)}`;
  const erased =
    table === "call" ? await eraseCalls(db, subject, within) : await erasePerson(db, subject, table, within);
  await db.$executeRaw`
    UPDATE erasure SET cursor_at = ${upTo}::timestamptz WHERE tenant_id = ${tenantId}::uuid AND id = ${erasureId}::uuid`;
  return erased;
}

const Counted = z.tuple([z.object({ erased: z.number() })]);

async function eraseCalls(db: Db, subject: Subject, within: Prisma.Sql): Promise<number> {
  const rows = await db.$queryRaw`
    WITH erased AS (
      UPDATE call SET ${person(subject)}, ${cleaned(subject, "tags")}
      WHERE ${within} AND ${personOrTags(subject)} RETURNING occurred_at
    ), marked AS (
      INSERT INTO rollup_dirty (tenant_id, hour)
      SELECT DISTINCT ${subject.tenantId}::uuid, date_trunc('hour', occurred_at, 'UTC') FROM erased
    )
    SELECT count(*)::int AS erased FROM erased`;
  return Counted.parse(rows)[0].erased;
}

function erasePerson(db: Db, subject: Subject, table: WalkedTable, within: Prisma.Sql): Promise<number> {
  return db.$executeRaw`UPDATE ${raw(table)} SET ${person(subject)} WHERE ${within} AND ${isPerson(subject)}`;
}

/** The smaller tables, whole. */
export async function eraseElsewhere(db: Db, subject: Subject): Promise<void> {
  const ofTenant = Prisma.sql`tenant_id = ${subject.tenantId}::uuid`;
  await db.$executeRaw`UPDATE call_correction SET ${person(subject)} WHERE ${ofTenant} AND ${isPerson(subject)}`;
  await db.$executeRaw`
    UPDATE call_linked SET ${person(subject)}, ${cleaned(subject, "tags")} WHERE ${ofTenant} AND ${personOrTags(subject)}`;
  await db.$executeRaw`DELETE FROM end_user WHERE ${ofTenant} AND ${isSubject(subject, "user_id")}`;
  await db.$executeRaw`
    UPDATE end_user SET ${renamed(subject, "account_id")} WHERE ${ofTenant} AND ${isSubject(subject, "account_id")}`;
  await db.$executeRaw`UPDATE trace_span SET ${cleaned(subject, "tags")} WHERE ${ofTenant} AND ${holdsSubject(subject, "tags")}`;
  await db.$executeRaw`
    UPDATE call_quarantine SET ${cleaned(subject, "call")} WHERE ${ofTenant} AND ${holdsSubject(subject, "call")}`;
  await db.$executeRaw`DELETE FROM tag_value WHERE ${ofTenant} AND ${isSubject(subject, "value")}`;
  await db.$executeRaw`
    UPDATE attribution_rule SET ${cleaned(subject, "conditions")}, ${cleaned(subject, "sets")}
    WHERE ${ofTenant} AND (${holdsSubject(subject, "conditions")} OR ${holdsSubject(subject, "sets")})`;
}

/** Mappings of imports may set a user id for every row. Their table is the app's alone. */
export async function eraseFromImports(db: Db, subject: Subject): Promise<void> {
  await db.$executeRaw`
    UPDATE import_run SET ${cleaned(subject, "mapping")}
    WHERE tenant_id = ${subject.tenantId}::uuid AND ${holdsSubject(subject, "mapping")}`;
}

/**
 * Filters of saved views may name the person, alone or as `user:…`. Their table is the app's alone.
 */
export async function eraseFromViews(db: Db, { tenantId, ids, alias }: Subject): Promise<void> {
  const name = Prisma.sql`regexp_replace(part->>1, '^-?(user|account):[=~]?', '')`;
  const prefix = Prisma.sql`coalesce(substring(part->>1 FROM '^-?(?:user|account):[=~]?'), '')`;
  const isBare = Prisma.sql`part->>1 = ANY (${[...ids]}::text[])`;
  const isNamed = Prisma.sql`${name} = ANY (${[...ids]}::text[])`;
  await db.$executeRaw`
    UPDATE saved_view SET params = (
      SELECT jsonb_agg(CASE WHEN ${isBare} THEN jsonb_build_array(part->0, ${alias}::text)
        WHEN ${isNamed} THEN jsonb_build_array(part->0, ${prefix} || ${alias}::text) ELSE part END ORDER BY nth)
      FROM jsonb_array_elements(params) WITH ORDINALITY AS parts (part, nth))
    WHERE tenant_id = ${tenantId}::uuid
      AND EXISTS (SELECT FROM jsonb_array_elements(params) AS part WHERE ${isBare} OR ${isNamed})`;
}

/**
 * Budgets of the person, under whichever of the ids. Where two are in force the newest goes on, for one subject has one.
 * Their table is the app's alone.
 */
export async function eraseFromBudgets(db: Db, { tenantId, ids, alias }: Subject): Promise<void> {
  const ofSubject = Prisma.sql`tenant_id = ${tenantId}::uuid AND subject_kind IN ('user', 'account')
    AND subject_key = ANY (${[...ids]}::text[])`;
  await db.$executeRaw`
    UPDATE budget SET valid_to = greatest(valid_from, now()) FROM (
      SELECT id, version, row_number() OVER (PARTITION BY subject_kind, period ORDER BY valid_from DESC, id) AS nth
      FROM budget WHERE ${ofSubject} AND valid_to IS NULL
    ) AS known
    WHERE budget.tenant_id = ${tenantId}::uuid AND budget.id = known.id AND budget.version = known.version AND nth > 1`;
  await db.$executeRaw`UPDATE budget SET subject_key = ${alias} WHERE ${ofSubject}`;
}

/**
 * Alerts set for the person and incidents about them, with what their sentences say. Each of the ids keeps incidents of its
 * own, for one stretch of a subject has one. Their tables are the app's alone.
 */
export async function eraseFromAlerts(db: Db, { tenantId, ids, alias }: Subject): Promise<void> {
  for (const [at, id] of ids.entries()) {
    const name = at === 0 ? alias : `${alias} (${String(at + 1)})`;
    const ofSubject = Prisma.sql`tenant_id = ${tenantId}::uuid AND subject_kind IN ('user', 'account') AND subject_key = ${id}`;
    // A sentence begins with the person: "User ann cost …".
    const sentence = ["User", "Account"].reduce(
      (text, who) => Prisma.sql`replace(${text}, ${`${who} ${id} `}, ${`${who} ${name} `})`,
      raw("details->>'sentence'"),
    );
    const details = Prisma.sql`details = jsonb_set(details, '{sentence}', to_jsonb(${sentence}))`;
    await db.$executeRaw`
      UPDATE incident_event SET ${details} WHERE tenant_id = ${tenantId}::uuid AND details ? 'sentence'
        AND incident_id IN (SELECT id FROM incident WHERE ${ofSubject})`;
    await db.$executeRaw`UPDATE incident SET ${details} WHERE ${ofSubject} AND details ? 'sentence'`;
    await db.$executeRaw`UPDATE incident SET subject_key = ${name} WHERE ${ofSubject}`;
    await db.$executeRaw`UPDATE alert_setting SET subject_key = ${name} WHERE ${ofSubject}`;
  }
}

/** By the database's clock, which stamps the marks of the roll-up too. */
export async function noteLedgerErased(db: Db, { tenantId, erasureId }: Subject): Promise<void> {
  await db.$executeRaw`
    UPDATE erasure SET cursor_at = clock_timestamp() WHERE tenant_id = ${tenantId}::uuid AND id = ${erasureId}::uuid`;
}

/**
 * People's own roll-ups: made anew from the days by user, in which the subject is no longer named. Days whose calls are
 * kept are rolled up again besides.
 */
export async function eraseProjections(db: Db, { tenantId, ids }: Subject): Promise<void> {
  // A roll-up that has begun would write the name once more.
  await waitForTenant(db, tenantId);
  await forgetRecent(db, tenantId);
  const ofSubject = Prisma.sql`tenant_id = ${tenantId}::uuid AND dimension IN ('user_id', 'account_id') AND value = ANY (${[...ids]}::text[])`;
  const days = await db.$queryRaw<{ day: string }[]>`
    SELECT DISTINCT to_char(day, 'YYYY-MM-DD') AS day FROM rollup_day_by WHERE ${ofSubject} ORDER BY 1`;
  for (const { day } of days) await projectUserDays(db, tenantId, { first: day, last: day });
  for (const size of wideSizes) {
    const blocks = await db.$queryRaw<{ block: string }[]>`
      SELECT DISTINCT to_char(block, 'YYYY-MM-DD') AS block FROM rollup_block_by WHERE ${ofSubject} AND days = ${size}`;
    await sumWideBlocks(
      db,
      tenantId,
      size,
      blocks.map(({ block }) => block),
    );
  }
  const months = await db.$queryRaw<{ month: string }[]>`
    SELECT DISTINCT to_char(month, 'YYYY-MM-DD') AS month FROM rollup_month_by WHERE ${ofSubject} ORDER BY 1`;
  for (const { month } of months) await replaceMonth(db, tenantId, month);
}

/** Whether roll-ups made before the ledger was erased may still be made anew. */
export async function rollUpsWait(db: Db, { tenantId, erasureId }: Subject): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM rollup_dirty d JOIN erasure e ON e.tenant_id = d.tenant_id AND e.id = ${erasureId}::uuid
    WHERE d.tenant_id = ${tenantId}::uuid AND d.marked_at <= e.cursor_at LIMIT 1`;
  return rows.length > 0;
}

/** Whether somebody who was there may still be told by the name that the ledger had before. */
export async function activityWaits(db: Db, { tenantId, erasureId }: Subject): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM erasure e WHERE e.tenant_id = ${tenantId}::uuid AND e.id = ${erasureId}::uuid AND (
      EXISTS (SELECT FROM activity_dirty d WHERE d.tenant_id = e.tenant_id AND d.marked_at <= e.cursor_at)
      OR EXISTS (SELECT FROM activity_pending p WHERE p.tenant_id = e.tenant_id)
      OR EXISTS (SELECT FROM activity_touched t WHERE t.tenant_id = e.tenant_id))`;
  return rows.length > 0;
}
