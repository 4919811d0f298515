import { outliers } from "@/server/analytics/outliers/outliers";
import { listCalls } from "@/server/calls/list";
import { run } from "@/server/analytics/runs/run";
import { requestCost } from "@/server/analytics/request-cost";
import type { Client } from "pg";
import { z } from "zod";
import { addDays } from "@/server/calendar/local-day";
import { addUp, amount, number, type ReportQuestion } from "./question";

/** One of each that is looked up: of the last day. */
export interface Samples {
  runId: string;
  rootRequestId: string;
  at: string;
}

export async function pickSamples(admin: Client, to: string): Promise<Samples> {
  const { rows } = await admin.query(
    `SELECT (SELECT max(run_id) FROM call WHERE occurred_at >= $1::timestamptz) AS "runId", root_request_id AS "rootRequestId", occurred_at AS at
     FROM call WHERE occurred_at >= $1::timestamptz AND attempt = 2 ORDER BY occurred_at LIMIT 1`,
    [addDays(to, -1)],
  );
  const Sample = z.object({ runId: z.string(), rootRequestId: z.string(), at: z.date() });
  const [{ at, ...ids }] = z.tuple([Sample]).parse(rows);
  return { ...ids, at: at.toISOString() };
}

function farOut(hours: 24 | 168): ReportQuestion {
  return {
    name: "dearest calls, and those beyond ten times the median",
    ownRange: hours === 24 ? "24 hours" : "7 days",
    isBounded: true,
    async ask(ctx) {
      const { total, calls } = await outliers(ctx, { hours });
      return {
        calls: total.calls,
        costUsd: total.costUsd,
        outliers: total.outliers,
        first: calls[0]?.costUsd ?? "",
      };
    },
    plain: ({ to }) => `
      WITH scanned AS (
        SELECT coalesce(feature, '') AS feature, cost_usd FROM call WHERE occurred_at >= TIMESTAMP '${to} 00:00:00' - INTERVAL '${String(hours)} hours'
      ), median AS (
        SELECT feature, percentile_disc(0.5) WITHIN GROUP (ORDER BY cost_usd) AS usd FROM scanned WHERE cost_usd > 0 GROUP BY 1 HAVING count(*) >= 20
      )
      SELECT count(*) AS calls, sum(cost_usd) AS cost, max(cost_usd) AS first, sum(CASE WHEN cost_usd > 10 * usd THEN 1 ELSE 0 END) AS outliers
      FROM scanned LEFT JOIN median USING (feature)`,
    agreed: ([row = {}]) => ({
      calls: number(row.calls),
      costUsd: amount(row.cost),
      outliers: number(row.outliers),
      first: amount(row.first),
    }),
  };
}

function listed(order: "newest" | "dearest"): ReportQuestion {
  return {
    name: `list of calls, the ${order} first`,
    isBounded: true,
    mostDays: 7,
    async ask(ctx, { from, to }) {
      const bounds = { from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` };
      const { calls } = await listCalls(ctx, { order, ...bounds });
      return { calls: calls.length, first: calls[0]?.costUsd ?? "" };
    },
    plain: ({ from, to }) =>
      `SELECT cost_usd FROM call WHERE occurred_at >= TIMESTAMP '${from} 00:00:00' AND occurred_at < TIMESTAMP '${to} 00:00:00'
       ORDER BY ${order === "newest" ? "occurred_at DESC" : "cost_usd DESC NULLS LAST"} LIMIT 50`,
    agreed: (rows) => ({
      calls: rows.length,
      first: rows[0]?.cost_usd === null ? "" : amount(rows[0]?.cost_usd),
    }),
  };
}

/** What a person looks at one by one: the ledger itself is read, within bounds. */
export const callQuestions = ({ runId, rootRequestId, at }: Samples): readonly ReportQuestion[] => [
  farOut(24),
  farOut(168),
  listed("newest"),
  listed("dearest"),
  {
    name: "one run, step by step",
    ownRange: "its days",
    isBounded: true,
    async ask(ctx) {
      const { figures } = await run(ctx, { runId });
      return { calls: figures.calls, costUsd: figures.costUsd };
    },
    plain: () => `SELECT cost_usd AS cost FROM call WHERE run_id = '${runId}'`,
    agreed: (rows) => ({ calls: rows.length, costUsd: addUp(rows, "cost") }),
  },
  {
    name: "what one request cost, with its retries",
    ownRange: "2 days",
    isBounded: true,
    async ask(ctx) {
      const { attempts, costUsd } = await requestCost(ctx, { rootRequestId, at });
      return { attempts: attempts.length, costUsd };
    },
    plain: () => `SELECT cost_usd AS cost FROM call WHERE root_request_id = '${rootRequestId}'`,
    agreed: (rows) => ({ attempts: rows.length, costUsd: addUp(rows, "cost") }),
  },
];
