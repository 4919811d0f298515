import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { countedMeasures, labelColumns, measureColumns, otherName } from "./shape";

const raw = (text: string) => Prisma.raw(text);
const labels = raw(labelColumns.join(", "));
const measures = raw(countedMeasures.join(", "));
const sums = raw(
  countedMeasures.map((name) => `sum(${measureColumns[name].join(" + ")}) AS ${name}`).join(", "),
);
const totals = raw(countedMeasures.map((name) => `sum(${name}) AS ${name}`).join(", "));
const negated = raw(countedMeasures.map((name) => `-${name}`).join(", "));
const columns = raw(
  [
    "day timestamptz",
    ...[...labelColumns, "error_class"].map((name) => `${name} text`),
    ...countedMeasures.map((name) => `${name} numeric`),
  ].join(", "),
);
/** One row for each measure; only calls are told apart by how they failed. */
const each = raw(
  countedMeasures.map((name) => `('${name}', ${name === "calls" ? "error_type" : "''"}, ${name})`).join(", "),
);

/** Whole hours: the slots of [from, to). */
export interface SlotRange {
  from: Date;
  to: Date;
}
/** What is looked at: some stretches of time, or all of it. */
export type SlotRanges = readonly SlotRange[] | "all";

/** By the day of UTC, so that what rises today is not offset by what falls in another day; the same in every zone. */
function slotSums(tenantId: string, ranges: SlotRanges): Prisma.Sql {
  const sumsBy = (day: string) => Prisma.sql`SELECT ${raw(day)} AS day, ${labels}, error_class, ${sums}`;
  const groups = Prisma.sql`GROUP BY 1, ${labels}, error_class`;
  if (ranges === "all")
    return Prisma.sql`${sumsBy("NULL::timestamptz")} FROM rollup_slot WHERE tenant_id = ${tenantId}::uuid ${groups}`;
  // Named one by one: an index is read for them whatever the statistics say, and 240 hours are a thousand slots.
  return Prisma.sql`${sumsBy("date_trunc('day', slot, 'UTC')")} FROM rollup_slot
    WHERE tenant_id = ${tenantId}::uuid AND slot = ANY (${slotsOf(ranges)}::timestamptz[]) ${groups}`;
}

const slotMs = 15 * 60_000;

function slotsOf(ranges: readonly SlotRange[]): string[] {
  return ranges.flatMap(({ from, to }) =>
    Array.from({ length: (to.getTime() - from.getTime()) / slotMs }, (_, n) =>
      new Date(from.getTime() + n * slotMs).toISOString(),
    ),
  );
}

/** @returns JSON for `addChange`: never parsed here, for its numbers are exact and a float is not */
export async function slotSumsJson(db: Db, tenantId: string, ranges: SlotRanges): Promise<string> {
  const rows = await db.$queryRaw<{ sums: string }[]>`
    SELECT coalesce(json_agg(s), '[]')::text AS sums FROM (${slotSums(tenantId, ranges)}) AS s`;
  return rows[0]?.sums ?? "[]";
}

/**
 * Moves the counters by what has changed in these slots: `before` is what they came to (`slotSumsJson`). Combinations of
 * tags that are met for the first time get a name while there are names left, the dearest first; so do error types.
 */
export async function addChange(db: Db, tenantId: string, ranges: SlotRanges, before: string): Promise<void> {
  const tenant = Prisma.sql`tenant_id = ${tenantId}::uuid`;
  await db.$executeRaw`
    WITH change AS MATERIALIZED (
      SELECT day, ${labels}, error_class, ${totals} FROM (
        SELECT day, ${labels}, error_class, ${measures} FROM (${slotSums(tenantId, ranges)}) AS now
        UNION ALL SELECT day, ${labels}, error_class, ${negated} FROM jsonb_to_recordset(${before}::jsonb) AS told (${columns})
      ) AS both_sides GROUP BY day, ${labels}, error_class
    ), caps AS (
      SELECT max_series, max_error_types FROM metric_state WHERE ${tenant}
    ), named AS (
      INSERT INTO metric_series (tenant_id, series, ${labels})
      SELECT ${tenantId}::uuid, taken.last + rank, ${labels}
      FROM (SELECT coalesce(max(series), 0) AS last, count(*) FILTER (WHERE series > 0) AS names FROM metric_series WHERE ${tenant}) AS taken, caps,
        (SELECT ${labels}, row_number() OVER (ORDER BY sum(c.cost_usd) DESC, sum(c.calls) DESC, ${labels}) AS rank
         FROM change c LEFT JOIN metric_series s USING (${labels})
         WHERE s.series IS NULL GROUP BY ${labels}) AS met
      WHERE rank <= max_series - names
      RETURNING series, ${labels}
    ), known AS (
      SELECT series, ${labels} FROM metric_series WHERE ${tenant} UNION ALL SELECT series, ${labels} FROM named
    ), known_errors AS (
      SELECT DISTINCT error_type FROM metric_counter WHERE ${tenant} AND measure = 'calls' AND error_type NOT IN ('', ${otherName})
    ), errors AS (
      SELECT error_type FROM known_errors UNION ALL
      SELECT error_class FROM (
        SELECT error_class, row_number() OVER (ORDER BY sum(calls) DESC, error_class) AS rank FROM change
        WHERE error_class NOT IN ('', ${otherName}) AND error_class NOT IN (SELECT error_type FROM known_errors) GROUP BY error_class
      ) AS met, caps WHERE rank <= max_error_types - (SELECT count(*) FROM known_errors)
    ), cells AS (
      SELECT day, coalesce(k.series, 0) AS series,
        CASE WHEN c.error_class = '' THEN '' ELSE coalesce(e.error_type, ${otherName}) END AS error_type, ${totals}
      FROM change c LEFT JOIN known k USING (${labels}) LEFT JOIN errors e ON e.error_type = c.error_class
      GROUP BY 1, 2, 3
    ), moves AS (
      SELECT measure, series, error, day, sum(delta) AS delta
      FROM cells, LATERAL (VALUES ${each}) AS cell (measure, error, delta) GROUP BY measure, series, error, day
    )
    INSERT INTO metric_counter AS kept (tenant_id, measure, series, error_type, counted, ledger)
    SELECT ${tenantId}::uuid, measure, series, error, sum(greatest(delta, 0)), sum(delta) FROM moves
    GROUP BY measure, series, error
    HAVING bool_or(delta <> 0) OR NOT EXISTS (SELECT FROM metric_counter m WHERE m.${tenant}
      AND m.measure = moves.measure AND m.series = moves.series AND m.error_type = moves.error)
    ON CONFLICT (tenant_id, measure, series, error_type) DO UPDATE
      SET counted = kept.counted + EXCLUDED.counted, ledger = kept.ledger + EXCLUDED.ledger`;
}

export async function isCounted(db: Db, tenantId: string): Promise<boolean> {
  return (await db.metricState.count({ where: { tenantId } })) > 0;
}

/** The tenant's caps, and the name of everything beyond them. */
export async function startCounting(db: Db, tenantId: string, now: Date): Promise<void> {
  await db.metricState.create({ data: { tenantId, countedFrom: now } });
  const others = Object.fromEntries(labelColumns.map((name) => [name, otherName])) as Record<
    (typeof labelColumns)[number],
    string
  >;
  await db.metricSeries.create({ data: { tenantId, series: 0, ...others } });
}

/**
 * Takes over the corrections of repricings that are done, which never change again: there may be millions of them, and
 * they are asked for with every scrape.
 */
export async function foldCorrections(db: Db, tenantId: string): Promise<void> {
  const tags = raw(labelColumns.map((name) => `coalesce(c.${name}, '')`).join(", "));
  await db.$executeRaw`
    INSERT INTO metric_correction (tenant_id, run_id, ${labels}, delta_usd)
    SELECT r.tenant_id, r.id, ${tags}, coalesce(sum(c.delta_usd), 0)
    FROM reprice_run r LEFT JOIN call_correction c ON c.tenant_id = r.tenant_id AND c.run_id = r.id
    WHERE r.tenant_id = ${tenantId}::uuid AND r.state = 'done'
      AND NOT EXISTS (SELECT FROM metric_correction m WHERE m.tenant_id = r.tenant_id AND m.run_id = r.id)
    GROUP BY r.tenant_id, r.id, ${tags}`;
}
