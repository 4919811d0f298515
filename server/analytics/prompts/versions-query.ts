import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { LocalDay } from "@/server/calendar/local-day";
import { otherValue } from "@/server/calls/tag-caps";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { comparedDays, fewestCompared, mostVersions, PromptFigures } from "../prompt-schemas";
import { figuresJson, promptSums, sumOf } from "./prompt-figures";
import { type PromptSource, promptSourceSql } from "./prompt-source";

export interface VersionsQuestion {
  /** The stretch looked at, and all that the roll-ups know. */
  inRange: PromptSource;
  ever: PromptSource;
  /** The local day that is not over yet. */
  today: LocalDay;
}

const raw = (text: string) => Prisma.raw(text);
const count = z.coerce.number().int();
const day = z.string();

const Sums = z.object({ calls: count, unpricedCalls: count, costUsd: z.string() });
const Version = z.object({
  prompt: z.string(),
  /** Null: calls of the prompt without a version. */
  version: z.string().nullable(),
  figures: PromptFigures,
  firstDay: day,
  lastDay: day,
  halfDay: day.nullable(),
  ever: Sums,
  after: Sums,
  previous: Sums.extend({ version: z.string().nullable() }).nullable(),
  /** The prompt has so many versions that no change is looked for. */
  isCrowded: z.boolean(),
});
export type Version = z.infer<typeof Version>;

const sumsJson = (of: string, more = "") =>
  raw(
    `json_build_object(${more}'calls', coalesce(${of}.calls, 0)::text, 'unpricedCalls', coalesce(${of}.unpriced_calls, 0)::text,
      'costUsd', trim_scale(coalesce(${of}.cost_usd, 0))::text)`,
  );

/**
 * WITH clause whose `version` is a row for each version of the stretch: its figures there, when it began, what it and the
 * version before it were around that day.
 */
function versionsSql({ inRange, ever, today }: VersionsQuestion): Prisma.Sql {
  const other = Prisma.sql`${otherValue}`;
  return Prisma.sql`
    WITH wanted AS MATERIALIZED (
      SELECT prompt_id, prompt_version, ${promptSums} FROM ${promptSourceSql(inRange)} AS source GROUP BY 1, 2
    ), daily AS MATERIALIZED (
      SELECT prompt_id, prompt_version, day, sum(calls) AS calls, sum(unpriced_calls) AS unpriced_calls, sum(cost_usd) AS cost_usd
      FROM ${promptSourceSql(ever)} AS source GROUP BY 1, 2, 3
    ), seen AS MATERIALIZED (
      SELECT prompt_id, prompt_version, min(day) AS first_day, max(day) AS last_day,
        min(day) FILTER (WHERE calls > 0 AND calls * 2 >= all_calls) AS half_day,
        sum(calls) AS calls, sum(unpriced_calls) AS unpriced_calls, sum(cost_usd) AS cost_usd
      FROM (SELECT *, sum(calls) OVER (PARTITION BY prompt_id, day) AS all_calls FROM daily) AS d GROUP BY 1, 2
    ), crowd AS (
      SELECT prompt_id FROM seen GROUP BY 1 HAVING count(*) > ${mostVersions}
    ), begun AS (
      SELECT seen.* FROM seen JOIN wanted USING (prompt_id, prompt_version)
      WHERE prompt_version <> ${other} AND prompt_id NOT IN (SELECT prompt_id FROM crowd)
    ), around AS (
      SELECT b.prompt_id, b.prompt_version, d.prompt_version AS other, sum(d.calls) AS calls, sum(d.unpriced_calls) AS unpriced_calls,
        sum(d.cost_usd) AS cost_usd
      FROM begun b JOIN daily d ON d.prompt_id = b.prompt_id AND d.day >= b.first_day - ${comparedDays}::int
        AND d.day < least(b.first_day + ${comparedDays}::int, ${today}::date)
      WHERE CASE WHEN d.day < b.first_day THEN d.prompt_version NOT IN (b.prompt_version, ${other}) ELSE d.prompt_version = b.prompt_version END
      GROUP BY 1, 2, 3
    ), previous AS (
      SELECT DISTINCT ON (prompt_id, prompt_version) * FROM around WHERE other <> prompt_version
      ORDER BY prompt_id, prompt_version, calls DESC, other
    ), version AS (
      SELECT w.prompt_id AS prompt, nullif(w.prompt_version, '') AS version, w.cost_usd AS dear, ${figuresJson((column) => `w.${column}`)} AS figures,
        to_char(s.first_day, 'YYYY-MM-DD') AS "firstDay", to_char(s.last_day, 'YYYY-MM-DD') AS "lastDay", to_char(s.half_day, 'YYYY-MM-DD') AS "halfDay",
        ${sumsJson("s")} AS ever, ${sumsJson("a")} AS after,
        CASE WHEN p.prompt_id IS NOT NULL THEN ${sumsJson("p", "'version', nullif(p.other, ''), ")} END AS previous,
        w.prompt_id IN (SELECT prompt_id FROM crowd) AS "isCrowded",
        CASE WHEN least(p.calls - p.unpriced_calls, a.calls - a.unpriced_calls) >= ${fewestCompared}
          THEN (a.cost_usd / (a.calls - a.unpriced_calls) - p.cost_usd / (p.calls - p.unpriced_calls)) * (s.calls - s.unpriced_calls) END AS extra
      FROM wanted w JOIN seen s USING (prompt_id, prompt_version)
        LEFT JOIN previous p USING (prompt_id, prompt_version)
        LEFT JOIN around a ON a.prompt_id = w.prompt_id AND a.prompt_version = w.prompt_version AND a.other = w.prompt_version
    )`;
}

/** Every version that has calls in the stretch, the dearest first. */
export async function loadVersions(db: Db, question: VersionsQuestion): Promise<Version[]> {
  const rows = await db.$queryRaw`${versionsSql(question)}
    SELECT * FROM version ORDER BY dear DESC, prompt, version NULLS LAST`;
  return z.array(Version).parse(rows);
}

const Changes = z.object({
  changes: count,
  unknown: count,
  crowded: count,
  rows: z.array(Version),
});
export type Changes = z.infer<typeof Changes>;

/** A page of the changes of version, those that cost most more first; those of which that is not known last. */
export async function loadChanges(
  db: Db,
  question: VersionsQuestion,
  { offset, limit }: { offset: number; limit: number },
): Promise<Changes> {
  const rows = await db.$queryRaw`${versionsSql(question)},
    page AS (
      SELECT *, row_number() OVER (ORDER BY extra DESC NULLS LAST, dear DESC, prompt, version NULLS LAST) AS nth FROM version WHERE previous IS NOT NULL
      ORDER BY nth OFFSET ${offset} LIMIT ${limit}
    )
    SELECT (count(*) FILTER (WHERE previous IS NOT NULL))::text AS changes, (count(*) FILTER (WHERE previous IS NOT NULL AND extra IS NULL))::text AS unknown,
      (count(DISTINCT prompt) FILTER (WHERE "isCrowded"))::text AS crowded,
      coalesce((SELECT json_agg(page ORDER BY nth) FROM page), '[]') AS rows
    FROM version`;
  return z.tuple([Changes]).parse(rows)[0];
}

const VersionDay = z.object({
  prompt: z.string(),
  version: z.string().nullable(),
  day,
  figures: PromptFigures,
});

const mostPoints = 50_000;

/**
 * These versions day by day; days without calls are left out.
 * @throws DomainError INVALID_INPUT for more than 50,000 points
 */
export async function loadVersionDays(
  db: Db,
  source: PromptSource,
  versions: readonly Pick<Version, "prompt" | "version">[],
): Promise<z.infer<typeof VersionDay>[]> {
  const rows = await db.$queryRaw`
    SELECT prompt_id AS prompt, nullif(prompt_version, '') AS version, to_char(source.day, 'YYYY-MM-DD') AS day, ${figuresJson(sumOf)} AS figures
    FROM ${promptSourceSql(source)} AS source
      JOIN unnest(${versions.map(({ prompt }) => prompt)}::text[], ${versions.map(({ version }) => version ?? "")}::text[]) AS told (prompt_id, prompt_version)
        USING (prompt_id, prompt_version)
    GROUP BY prompt_id, prompt_version, source.day ORDER BY source.day, prompt_id, prompt_version LIMIT ${mostPoints + 1}`;
  const days = z.array(VersionDay).parse(rows);
  if (days.length > mostPoints) {
    throw new DomainError(
      "INVALID_INPUT",
      "That is too much to tell day by day; ask for a shorter range or fewer prompts.",
      {
        field: "from",
      },
    );
  }
  return days;
}
