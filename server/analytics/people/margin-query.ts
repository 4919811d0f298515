import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { MonthStretch } from "@/server/retention/revenue-months";
import type { MrrOwner } from "@/server/retention/schemas";
import { sourceSql, type SourceQuestion } from "../source-query";
import { monthMarkSql, payingSql, revenueSql } from "./paying-query";
import type { MarginGrouping, MarginInput } from "./people-schemas";

export interface MarginQuestion extends Pick<SourceQuestion, "tenantId" | "timeZone" | "range" | "built"> {
  mrrOf: MrrOwner;
  months: MonthStretch;
  by: MarginGrouping;
  show: MarginInput["show"];
  order: MarginInput["order"];
  offset: number;
  limit: number;
}

const raw = (text: string) => Prisma.raw(text);
const count = z.coerce.number().int();
const usd = z.string();

const GroupRow = z.object({
  key: z.string().nullable(),
  /** Of a user alone. */
  accountId: z.string().nullable(),
  plan: z.string().nullable(),
  users: count,
  calls: count,
  unpricedCalls: count,
  costUsd: usd,
  /** Of those whose revenue is known; null: of nobody. */
  revenueUsd: usd.nullable(),
  knownCostUsd: usd,
  unknownUsers: count,
  groups: count,
});

export type MarginGroup = z.infer<typeof GroupRow>;

const Totals = z.object({
  calls: count,
  costUsd: usd,
  unpricedCalls: count,
  knownUsers: count,
  knownCostUsd: usd,
  revenueUsd: usd,
  losingUsers: count,
  lossUsd: usd,
  idleUsers: count,
  idleRevenueUsd: usd,
  userlessAccounts: count,
  userlessRevenueUsd: usd,
  unknownUsers: count,
  unknownCostUsd: usd,
  unknownUnpricedCalls: count,
  nobodyCalls: count,
  nobodyCostUsd: usd,
  nobodyUnpricedCalls: count,
});
export type MarginTotals = z.infer<typeof Totals>;

const keyOf: Record<MarginGrouping, string> = { user: "user_id", account: "account_id", plan: "plan" };
const shownIf: Record<MarginInput["show"], string> = {
  all: "true",
  losing: "revenue < known_cost",
  unknown: "unknown_users > 0 OR revenue IS NULL",
  idle: "revenue > 0 AND calls = 0 AND cost = 0",
};
const ordersBy: Record<MarginInput["order"], string> = {
  loss: "known_cost - revenue DESC NULLS LAST, cost DESC",
  margin: "revenue - known_cost DESC NULLS LAST, cost",
  cost: "cost DESC",
  revenue: "revenue DESC NULLS LAST, cost DESC",
};
const text = (sql: string, name: string, where = "true") =>
  raw(`trim_scale(coalesce(sum(${sql}) FILTER (WHERE ${where}), 0))::text AS "${name}"`);
const whole = (sql: string, name: string, where = "true") =>
  raw(`coalesce(sum(${sql}) FILTER (WHERE ${where}), 0)::text AS "${name}"`);

/**
 * CTEs up to `person`: everybody with a call in the range or a revenue of it, what they cost and pay (`revenue`, null:
 * unknown); and, user_id null, calls without a user (by account: a row for each account that they name, and one for each that
 * pays and has no known user).
 */
function peopleSql(question: MarginQuestion): Prisma.Sql {
  const { tenantId, timeZone, mrrOf, months, by } = question;
  const of = { ...question, granularity: "total", knownAt: null } as const;
  const sums = raw(
    "sum(calls) AS calls, sum(cost_usd) AS cost, sum(unpriced_calls) AS unpriced, sum(unpriced_tokens) AS unpriced_tokens",
  );
  const nobodys =
    by === "account"
      ? Prisma.sql`SELECT nullif(account_id, '') AS account_id, ${sums}
          FROM ${sourceSql({ ...of, dimensions: ["account"], filter: { user: [null] } })} AS s GROUP BY 1`
      : Prisma.sql`SELECT NULL::text AS account_id, calls, cost, unpriced, unpriced_tokens FROM cost WHERE user_id = ''`;
  const { from, to, scale } = months;
  const since = `coalesce(${monthMarkSql("pays_since")} * ${String(scale)}, 0)`;
  const parts = `${String(to)} - greatest(${String(from)}, ${since})`;
  return Prisma.sql`${payingSql(tenantId, timeZone, mrrOf)}, earning AS MATERIALIZED (
      SELECT user_id, account_id, plan, ${revenueSql(parts, scale)} AS revenue FROM paid
    ), unseated AS MATERIALIZED (
      SELECT account_id, ${revenueSql(parts, scale)} AS revenue FROM userless
    ), cost AS MATERIALIZED (
      SELECT user_id, ${sums} FROM ${sourceSql({ ...of, dimensions: ["user"], filter: {} })} AS s GROUP BY 1
    ), person AS MATERIALIZED (
      SELECT coalesce(c.user_id, e.user_id) AS user_id, e.account_id, e.plan, e.revenue, coalesce(c.calls, 0) AS calls,
        coalesce(c.cost, 0) AS cost, coalesce(c.unpriced, 0) AS unpriced
      FROM (SELECT * FROM cost WHERE user_id <> '') AS c FULL JOIN earning AS e ON e.user_id = c.user_id
      WHERE c.user_id IS NOT NULL OR e.revenue > 0
      UNION ALL
      SELECT NULL, account_id, NULL, NULL, calls, cost, unpriced FROM (${nobodys}) AS nobodys
      ${by === "account" ? Prisma.sql`UNION ALL SELECT NULL, account_id, NULL, revenue, 0, 0, 0 FROM unseated WHERE revenue > 0` : Prisma.empty}
    )`;
}

/** Calls that name no user belong to the account that they name, and to no other group. */
const isNobodys = (by: MarginGrouping) =>
  by === "account" ? "person.user_id IS NULL AND person.account_id IS NULL" : "person.user_id IS NULL";

function groupedSql(question: MarginQuestion): Prisma.Sql {
  const { by } = question;
  const ofOne = (column: string) => raw(by === "user" ? `min(${column})` : "NULL::text");
  // Of an account that pays, calls without a user are paid for as well.
  return Prisma.sql`grouped AS (
      SELECT ${raw(keyOf[by])} AS key, ${ofOne("account_id")} AS account_id, ${ofOne("plan")} AS plan, count(user_id) AS users,
        sum(calls) AS calls, sum(unpriced) AS unpriced, sum(cost) AS cost, sum(revenue) AS revenue,
        coalesce(sum(cost) FILTER (WHERE revenue IS NOT NULL), 0)
          + CASE WHEN sum(revenue) IS NULL THEN 0 ELSE coalesce(sum(cost) FILTER (WHERE user_id IS NULL), 0) END AS known_cost,
        count(*) FILTER (WHERE revenue IS NULL AND user_id IS NOT NULL) AS unknown_users
      FROM person WHERE NOT (${raw(isNobodys(by))}) GROUP BY 1
    )`;
}

/** SQL of a page of groups in the order asked for. */
export function marginPageSql(question: MarginQuestion): Prisma.Sql {
  const { show, order, offset, limit } = question;
  return Prisma.sql`WITH ${peopleSql(question)}, ${groupedSql(question)}
    SELECT key, account_id AS "accountId", plan, users::text AS users, calls::text AS calls, unpriced::text AS "unpricedCalls",
      trim_scale(cost)::text AS "costUsd", trim_scale(revenue)::text AS "revenueUsd", trim_scale(known_cost)::text AS "knownCostUsd",
      unknown_users::text AS "unknownUsers", (count(*) OVER ())::text AS groups
    FROM grouped WHERE ${raw(shownIf[show])} ORDER BY ${raw(ordersBy[order])}, key NULLS LAST OFFSET ${offset} LIMIT ${limit}`;
}

/** SQL of all of it, one row; groups without any known revenue are unknown with all that they cost. */
export function marginTotalsSql(question: MarginQuestion): Prisma.Sql {
  const { by } = question;
  const nobody = isNobodys(by);
  const known = "paying.revenue IS NOT NULL";
  return Prisma.sql`WITH ${peopleSql(question)}, ${groupedSql(question)}, paying AS (
      SELECT person.*, CASE WHEN person.user_id IS NULL THEN g.revenue * 0 ELSE person.revenue END AS known,
        ${raw(nobody)} AS is_nobodys
      FROM person LEFT JOIN grouped AS g ON person.user_id IS NULL AND ${raw(by === "account" ? "g.key = person.account_id" : "false")}
    )
    SELECT ${whole("calls", "calls")}, ${text("cost", "costUsd")}, ${whole("unpriced", "unpricedCalls")},
      (count(user_id) FILTER (WHERE ${raw(known)}))::text AS "knownUsers", ${text("cost", "knownCostUsd", "known IS NOT NULL")},
      ${text("revenue", "revenueUsd")},
      (count(user_id) FILTER (WHERE revenue < cost))::text AS "losingUsers", ${text("cost - revenue", "lossUsd", "revenue < cost")},
      (count(user_id) FILTER (WHERE revenue > 0 AND calls = 0 AND cost = 0))::text AS "idleUsers", ${text("revenue", "idleRevenueUsd", "user_id IS NOT NULL AND revenue > 0 AND calls = 0 AND cost = 0")},
      (SELECT count(*) FROM unseated WHERE revenue > 0)::text AS "userlessAccounts",
      (SELECT trim_scale(coalesce(sum(revenue), 0)) FROM unseated)::text AS "userlessRevenueUsd",
      (count(user_id) FILTER (WHERE NOT (${raw(known)})))::text AS "unknownUsers",
      ${text("cost", "unknownCostUsd", "known IS NULL AND NOT is_nobodys")}, ${whole("unpriced", "unknownUnpricedCalls", "known IS NULL AND NOT is_nobodys")},
      ${whole("calls", "nobodyCalls", "is_nobodys")}, ${text("cost", "nobodyCostUsd", "is_nobodys")},
      ${whole("unpriced", "nobodyUnpricedCalls", "is_nobodys")}
    FROM paying`;
}

export const loadMarginPage = async (db: Db, question: MarginQuestion) =>
  z.array(GroupRow).parse(await db.$queryRaw(marginPageSql(question)));

export const loadMarginTotals = async (db: Db, question: MarginQuestion): Promise<MarginTotals> =>
  z.tuple([Totals]).parse(await db.$queryRaw(marginTotalsSql(question)))[0];
