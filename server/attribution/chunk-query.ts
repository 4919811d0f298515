import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { ClosedMonth } from "@/server/periods/closed-month";
import { effectsOf, frozenSql, matchSql, type RuleTerms, wantsNoFeature } from "./rule-query";
import { type AttributionRun, instantText } from "./run-query";

const raw = (text: string) => Prisma.raw(text);

export interface Chunk {
  tenantId: string;
  run: AttributionRun;
  rule: RuleTerms;
  /** The last call of this chunk, in the order of the ledger. */
  end: { at: string; id: string };
  closed: readonly ClosedMonth[];
  /** When the change becomes known. */
  at: Date;
}

/** Rows after the cursor. The plain bound is for the planner, who passes over earlier months by it. */
function afterCursor(alias: string, run: AttributionRun): Prisma.Sql {
  const at = raw(`${alias}.occurred_at`);
  const key = raw(`(${alias}.occurred_at, ${alias}.call_id)`);
  const within = Prisma.sql`${at} >= ${run.cursorAt ?? run.from.toISOString()}::timestamptz AND ${at} < ${run.to}::timestamptz`;
  if (run.cursorAt === null || run.cursorId === null) return within;
  return Prisma.sql`${within} AND ${key} > (${run.cursorAt}::timestamptz, ${run.cursorId})`;
}

const upTo = (alias: string, end: Chunk["end"]) => Prisma.sql`
  ${raw(`${alias}.occurred_at`)} <= ${end.at}::timestamptz
  AND ${raw(`(${alias}.occurred_at, ${alias}.call_id)`)} <= (${end.at}::timestamptz, ${end.id})`;

const Window = z.object({ seen: z.number(), at: z.string().nullable(), id: z.string().nullable() });

/** How many of the next `limit` rows there are, and which is the last of them; null when none is left. */
export async function nextWindow(
  db: Db,
  tenantId: string,
  run: AttributionRun,
  rule: RuleTerms,
  limit: number,
): Promise<{ seen: number; end: Chunk["end"] } | null> {
  const source =
    run.kind === "revert"
      ? Prisma.sql`call_history c WHERE c.tenant_id = ${tenantId}::uuid AND c.cause_id = ${run.reverts}::uuid`
      : Prisma.sql`call c WHERE c.tenant_id = ${tenantId}::uuid ${wantsNoFeature(rule) ? raw("AND c.feature IS NULL") : Prisma.empty}`;
  const rows = await db.$queryRaw`
    WITH next AS (
      SELECT c.occurred_at, c.call_id FROM ${source} AND ${afterCursor("c", run)} ORDER BY 1, 2 LIMIT ${limit}
    ), last AS (SELECT * FROM next ORDER BY occurred_at DESC, call_id DESC LIMIT 1)
    SELECT (SELECT count(*)::int FROM next) AS seen, (SELECT ${raw(instantText("occurred_at"))} FROM last) AS at,
      (SELECT call_id FROM last) AS id`;
  const { seen, at, id } = z.tuple([Window]).parse(rows)[0];
  return at === null || id === null ? null : { seen, end: { at, id } };
}

const Changed = z.object({ changed: z.number(), frozen: z.number(), movedUsd: z.string() });
export type Changed = z.infer<typeof Changed>;

const kept = `cost_usd, price_status, price_version_id, price_rule_id,
  user_id, account_id, feature, team, environment, prompt_id, prompt_version`;
const ofCall = kept.replace(/\w+/g, "c.$&");

/**
 * One statement: the rows are locked as they are read, so what is kept of them is what they were when they changed,
 * whoever else (repricing, settling) is at work.
 * @param hits selects from `call c`: what to change, with an `is_frozen` of each
 * @param sets of the update, with the hit as `h`
 */
async function change(db: Db, chunk: Chunk, hits: Prisma.Sql, sets: Prisma.Sql): Promise<Changed> {
  const { tenantId, run, at, end } = chunk;
  const rows = await db.$queryRaw`
    WITH hit AS MATERIALIZED (${hits} ORDER BY c.occurred_at, c.call_id FOR NO KEY UPDATE OF c), kept AS (
      INSERT INTO call_history (tenant_id, occurred_at, call_id, superseded_at, cause, cause_id, ${raw(kept)})
      SELECT ${tenantId}::uuid, occurred_at, call_id, ${at}::timestamptz, 'attribution', ${run.id}::uuid, ${raw(kept)}
      FROM hit WHERE NOT is_frozen
    ), changed AS (
      UPDATE call c SET ${sets} FROM hit h
      WHERE c.tenant_id = ${tenantId}::uuid AND c.occurred_at >= ${run.from}::timestamptz AND c.occurred_at <= ${end.at}::timestamptz
        AND c.occurred_at = h.occurred_at AND c.call_id = h.call_id AND NOT h.is_frozen
    ), marked AS (
      INSERT INTO rollup_dirty (tenant_id, hour)
      SELECT DISTINCT ${tenantId}::uuid, date_trunc('hour', occurred_at, 'UTC') FROM hit WHERE NOT is_frozen
    )
    SELECT (count(*) FILTER (WHERE NOT is_frozen))::int AS changed, (count(*) FILTER (WHERE is_frozen))::int AS frozen,
      coalesce(sum(cost_usd) FILTER (WHERE NOT is_frozen), 0)::text AS "movedUsd"
    FROM hit`;
  return z.tuple([Changed]).parse(rows)[0];
}

/** Gives the calls of the chunk what the rule says of them. */
export function applyChunk(db: Db, chunk: Chunk): Promise<Changed> {
  const { tenantId, run, rule, end, closed } = chunk;
  const hits = Prisma.sql`
    SELECT c.occurred_at, c.call_id, ${raw(ofCall)}, ${frozenSql(closed)} AS is_frozen FROM call c
    WHERE c.tenant_id = ${tenantId}::uuid AND ${afterCursor("c", run)} AND ${upTo("c", end)} AND ${matchSql(rule)}`;
  const sets = effectsOf(rule).map(
    ({ column, value, changes }) =>
      Prisma.sql`${raw(column)} = CASE WHEN ${changes("c")} THEN ${value} ELSE c.${raw(column)} END`,
  );
  return change(db, chunk, hits, Prisma.join(sets));
}

/** Takes back what the run that is reverted has set, where it is still there. */
export function revertChunk(db: Db, chunk: Chunk): Promise<Changed> {
  const { tenantId, run, rule, end, closed } = chunk;
  const undone = effectsOf(rule).map(({ column, value, changes }) => ({
    column,
    still: Prisma.sql`(c.${raw(column)} = ${value} AND ${changes("p")})`,
  }));
  const pasts = undone.flatMap(({ column, still }) => [
    Prisma.sql`${still} AS ${raw(`undo_${column}`)}`,
    raw(`p.${column} AS past_${column}`),
  ]);
  const hits = Prisma.sql`
    SELECT c.occurred_at, c.call_id, ${raw(ofCall)}, ${frozenSql(closed)} AS is_frozen, ${Prisma.join(pasts)}
    FROM call_history p JOIN call c ON c.tenant_id = p.tenant_id AND c.occurred_at = p.occurred_at AND c.call_id = p.call_id
    WHERE p.tenant_id = ${tenantId}::uuid AND p.cause_id = ${run.reverts}::uuid AND c.tenant_id = ${tenantId}::uuid
      AND ${afterCursor("c", run)} AND ${upTo("c", end)}
      AND (${Prisma.join(
        undone.map(({ still }) => still),
        " OR ",
      )})`;
  const sets = undone.map(({ column }) =>
    raw(`${column} = CASE WHEN h.undo_${column} THEN h.past_${column} ELSE c.${column} END`),
  );
  return change(db, chunk, hits, Prisma.join(sets));
}
