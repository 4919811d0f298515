import { promptVersions } from "@/server/analytics/prompts/prompt-versions";
import { promptChanges } from "@/server/analytics/prompts/prompt-changes";
import { amount, inRange, number, type ReportQuestion, sumsOf, totals } from "./question";

const figures = sumsOf("calls", "cost", "input_tokens", "output_tokens", "unpriced", "errors");

/** When a version began is asked of all calls ever, by both. */
const ever = (of = "prompt_id IS NOT NULL") => `daily AS (
    SELECT prompt_id, prompt_version, CAST(occurred_at AS date) AS day, count(*) AS calls FROM call WHERE ${of} GROUP BY 1, 2, 3
  ), begun AS (
    SELECT prompt_id, prompt_version, min(day) AS first_day FROM daily GROUP BY 1, 2
  )`;
const byVersion = (range: { from: string; to: string }, of = "prompt_id IS NOT NULL") =>
  `ranged AS (SELECT prompt_id, prompt_version, ${figures} FROM call WHERE ${inRange(range)} AND ${of} GROUP BY 1, 2)`;

const dearest: ReportQuestion = {
  name: "versions of the ten dearest prompts",
  async ask(ctx, { from, to }) {
    const { prompts, total, count } = await promptVersions(ctx, { from, to });
    const [first] = prompts;
    return {
      prompts: count,
      calls: total.calls,
      costUsd: total.costUsd,
      first: first?.costUsd ?? "0",
      versions: first?.versions.length ?? 0,
      since: first?.versions[0]?.firstDay ?? "",
    };
  },
  plain: (asked) => `WITH ${ever()}, ${byVersion(asked)}
    SELECT r.*, CAST(b.first_day AS text) AS first_day, sum(cost) OVER (PARTITION BY r.prompt_id) AS of_prompt
    FROM ranged r JOIN begun b ON b.prompt_id = r.prompt_id AND b.prompt_version = r.prompt_version ORDER BY of_prompt DESC, first_day DESC`,
  agreed: (rows) => {
    const [first = {}] = rows;
    return {
      prompts: new Set(rows.map((row) => row.prompt_id)).size,
      ...totals(rows),
      first: amount(first.of_prompt),
      versions: rows.filter((row) => row.prompt_id === first.prompt_id).length,
      since: String(first.first_day),
    };
  },
};

const ofOne = "prompt_id = 'prompt-0'";
const daily: ReportQuestion = {
  name: "versions of one prompt, day by day",
  async ask(ctx, { from, to }) {
    const { prompts } = await promptVersions(ctx, { from, to, prompt: "prompt-0", daily: true });
    const versions = prompts[0]?.versions ?? [];
    return {
      costUsd: prompts[0]?.costUsd ?? "0",
      versions: versions.length,
      days: versions.reduce((sum, { days }) => sum + (days?.length ?? 0), 0),
      since: versions[0]?.firstDay ?? "",
    };
  },
  plain: (asked) => `WITH ${ever(ofOne)}
    SELECT prompt_version, CAST(occurred_at AS date) AS day, CAST(min(b.first_day) AS text) AS first_day, ${figures}
    FROM call JOIN begun b USING (prompt_id, prompt_version) WHERE ${inRange(asked)} AND ${ofOne} GROUP BY 1, 2 ORDER BY first_day DESC`,
  agreed: (rows) => ({
    costUsd: totals(rows).costUsd,
    versions: new Set(rows.map((row) => row.prompt_version)).size,
    days: rows.length,
    since: String(rows[0]?.first_day),
  }),
};

const changes: ReportQuestion = {
  name: "new versions of prompts and what they cost more",
  async ask(ctx, { from, to }) {
    return { changes: (await promptChanges(ctx, { from, to })).changes };
  },
  plain: (asked) => `WITH ${ever()}, ${byVersion(asked)}
    SELECT count(*) AS changes FROM ranged r JOIN begun b ON b.prompt_id = r.prompt_id AND b.prompt_version = r.prompt_version
    WHERE EXISTS (SELECT 1 FROM daily d WHERE d.prompt_id = r.prompt_id AND d.prompt_version <> r.prompt_version
      AND d.day >= b.first_day - 7 AND d.day < b.first_day)`,
  agreed: ([row = {}]) => ({ changes: number(row.changes) }),
};

export const promptQuestions: readonly ReportQuestion[] = [dearest, daily, changes];
