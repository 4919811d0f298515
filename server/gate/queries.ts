import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { arrayLiteral } from "@/server/calls/array-literal";
import type { Db } from "@/server/db";
import { Usd } from "@/server/prices/decimal";
import type { Account, RunState } from "./decide";
import { GateSettings } from "./schemas";

/** Decisions of a tenant are made one after the other, in whichever process: what one holds, the next one sees. */
export async function lockGate(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`gate:${tenantId}`}, 0))`;
}

const UsdText = z.string().transform((text) => new Usd(text));

export async function readSettings(db: Db, tenantId: string): Promise<GateSettings> {
  const row = await db.gateSetting.findUnique({ where: { tenantId }, select: { settings: true } });
  return GateSettings.parse(row?.settings ?? {});
}

export async function writeSettings(
  db: Db,
  tenantId: string,
  settings: GateSettings,
  by: { actor: string; at: Date },
): Promise<void> {
  const facts = { settings, updatedBy: by.actor, updatedAt: by.at };
  await db.gateSetting.upsert({ where: { tenantId }, create: { tenantId, ...facts }, update: facts });
}

/** Where the running periods began. */
export interface PeriodStarts {
  month: Date;
  day: Date;
}
export interface SubjectKey {
  kind: string;
  key: string;
}

const AccountRow = z.object({
  budgetId: z.string(),
  kind: z.string(),
  key: z.string(),
  period: z.enum(["month", "day"]),
  limitUsd: UsdText,
  enforcement: z.enum(["ask", "deny"]).nullable(),
  spentUsd: UsdText.nullable(),
  heldUsd: UsdText.nullable(),
  settledUsd: UsdText.nullable(),
  measuredAt: z.date().nullable(),
});

export interface StoredAccount extends Account {
  settledUsd: Usd;
  /** Null: never; nothing is stored of it yet. */
  measuredAt: Date | null;
}

/** The budgets in force for any of these subjects, with what the gate knows of their running periods. */
export async function loadAccounts(
  db: Db,
  tenantId: string,
  subjects: readonly SubjectKey[],
  starts: PeriodStarts,
): Promise<StoredAccount[]> {
  const rows = await db.$queryRaw`
    SELECT b.id::text AS "budgetId", b.subject_kind AS kind, b.subject_key AS key, b.period, b.amount_usd::text AS "limitUsd",
      b.enforcement, a.spent_usd::text AS "spentUsd", a.held_usd::text AS "heldUsd", a.settled_usd::text AS "settledUsd",
      a.measured_at AS "measuredAt"
    FROM unnest(${arrayLiteral(subjects, ({ kind }) => kind)}::text[], ${arrayLiteral(subjects, ({ key }) => key)}::text[]) AS s (kind, key)
    JOIN budget b ON b.tenant_id = ${tenantId}::uuid AND b.subject_kind = s.kind AND b.subject_key = s.key AND b.valid_to IS NULL
    LEFT JOIN gate_account a ON a.tenant_id = b.tenant_id AND a.budget_id = b.id
      AND a.period_start = CASE b.period WHEN 'month' THEN ${starts.month}::timestamptz ELSE ${starts.day}::timestamptz END
    ORDER BY b.id`;
  return z
    .array(AccountRow)
    .parse(rows)
    .map(({ kind, key, spentUsd, heldUsd, settledUsd, ...row }) => ({
      ...row,
      subject: { kind, key },
      periodStart: starts[row.period],
      spentUsd: spentUsd ?? new Usd(0),
      heldUsd: heldUsd ?? new Usd(0),
      settledUsd: settledUsd ?? new Usd(0),
    }));
}

/** Opens accounts, and keeps what was measured of them anew. What is held and settled stays as it is. */
export async function saveMeasured(
  db: Db,
  tenantId: string,
  accounts: readonly StoredAccount[],
): Promise<void> {
  if (accounts.length === 0) return;
  const column = (of: (account: StoredAccount) => string | null) => arrayLiteral(accounts, of);
  await db.$executeRaw`
    INSERT INTO gate_account (tenant_id, budget_id, period_start, spent_usd, held_usd, settled_usd, measured_at)
    SELECT ${tenantId}::uuid, budget_id, period_start, spent_usd, 0, 0, measured_at
    FROM unnest(${column((one) => one.budgetId)}::uuid[], ${column((one) => one.periodStart.toISOString())}::timestamptz[],
      ${column((one) => one.spentUsd.toFixed())}::numeric[], ${column((one) => one.measuredAt?.toISOString() ?? null)}::timestamptz[])
      AS a (budget_id, period_start, spent_usd, measured_at)
    ON CONFLICT (tenant_id, budget_id, period_start)
      DO UPDATE SET spent_usd = excluded.spent_usd, measured_at = excluded.measured_at`;
}

/** By how much an account changes. */
export interface AccountDelta {
  budgetId: string;
  periodStart: string;
  heldUsd: Usd;
  settledUsd: Usd;
}

export async function applyDeltas(db: Db, tenantId: string, deltas: readonly AccountDelta[]): Promise<void> {
  if (deltas.length === 0) return;
  const column = (of: (delta: AccountDelta) => string) => arrayLiteral(deltas, of);
  await db.$executeRaw`
    UPDATE gate_account a SET held_usd = a.held_usd + d.held, settled_usd = a.settled_usd + d.settled, spent_usd = a.spent_usd + d.settled
    FROM unnest(${column((one) => one.budgetId)}::uuid[], ${column((one) => one.periodStart)}::timestamptz[],
      ${column((one) => one.heldUsd.toFixed())}::numeric[], ${column((one) => one.settledUsd.toFixed())}::numeric[])
      AS d (budget_id, period_start, held, settled)
    WHERE a.tenant_id = ${tenantId}::uuid AND a.budget_id = d.budget_id AND a.period_start = d.period_start`;
}

/** Ends the holds whose lease has run out, and gives back what they held. */
export async function expireHolds(db: Db, tenantId: string, now: Date): Promise<number> {
  const rows = await db.$queryRaw`
    WITH gone AS (
      UPDATE gate_hold SET state = 'expired', ended_at = ${now}
      WHERE tenant_id = ${tenantId}::uuid AND state = 'held' AND lease_until <= ${now}
      RETURNING accounts, run_id, estimate_usd, estimate_tokens
    ), accounts AS (
      UPDATE gate_account a SET held_usd = a.held_usd - g.usd
      FROM (SELECT (one->>'budgetId')::uuid AS budget_id, (one->>'periodStart')::timestamptz AS period_start, sum(estimate_usd) AS usd
            FROM gone, jsonb_array_elements(accounts) AS one GROUP BY 1, 2) g
      WHERE a.tenant_id = ${tenantId}::uuid AND a.budget_id = g.budget_id AND a.period_start = g.period_start
    ), runs AS (
      UPDATE gate_run r SET held_usd = r.held_usd - g.usd, held_tokens = r.held_tokens - g.tokens
      FROM (SELECT run_id, sum(estimate_usd) AS usd, sum(estimate_tokens) AS tokens FROM gone WHERE run_id IS NOT NULL GROUP BY 1) g
      WHERE r.tenant_id = ${tenantId}::uuid AND r.run_id = g.run_id
    )
    SELECT count(*)::int AS count FROM gone`;
  return z.tuple([z.object({ count: z.number() })]).parse(rows)[0].count;
}

/** What was settled on each account since an instant: the ledger may not have those calls yet. */
export async function settledSince(db: Db, tenantId: string, since: Date): Promise<Map<string, Usd>> {
  const rows = await db.$queryRaw`
    SELECT on_account->>'budgetId' AS "budgetId", on_account->>'periodStart' AS "periodStart", sum(actual_usd)::text AS usd
    FROM gate_hold, jsonb_array_elements(accounts) AS on_account
    WHERE tenant_id = ${tenantId}::uuid AND state = 'settled' AND ended_at >= ${since} GROUP BY 1, 2`;
  const Row = z.object({ budgetId: z.string(), periodStart: z.string(), usd: UsdText });
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map((row) => [accountKey(row.budgetId, row.periodStart), row.usd]),
  );
}

export const accountKey = (budgetId: string, periodStart: string): string => `${budgetId} ${periodStart}`;
export const keyOf = ({ budgetId, periodStart }: Pick<Account, "budgetId" | "periodStart">): string =>
  accountKey(budgetId, periodStart.toISOString());

const HoldRow = z.object({
  key: z.string(),
  state: z.enum(["held", "settled", "released", "expired"]),
  accounts: z.array(z.object({ budgetId: z.string(), periodStart: z.string() })),
  runId: z.string().nullable(),
  estimateUsd: UsdText,
  estimateTokens: z.coerce.number(),
  actualUsd: UsdText.nullable(),
  acknowledged: z.boolean(),
  heldAt: z.date(),
  leaseUntil: z.date(),
  endedAt: z.date().nullable(),
});
export type Hold = z.infer<typeof HoldRow>;
const holdColumns = Prisma.sql`key, state, accounts, run_id AS "runId", estimate_usd::text AS "estimateUsd",
  estimate_tokens::text AS "estimateTokens", actual_usd::text AS "actualUsd", acknowledged, held_at AS "heldAt",
  lease_until AS "leaseUntil", ended_at AS "endedAt"`;

export async function findHolds(
  db: Db,
  tenantId: string,
  keys: readonly string[],
): Promise<Map<string, Hold>> {
  const rows = await db.$queryRaw`
    SELECT ${holdColumns} FROM gate_hold WHERE tenant_id = ${tenantId}::uuid AND key = ANY (${arrayLiteral(keys, (key) => key)}::text[])`;
  return new Map(
    z
      .array(HoldRow)
      .parse(rows)
      .map((hold) => [hold.key, hold]),
  );
}

export async function saveHolds(db: Db, tenantId: string, holds: readonly Hold[]): Promise<void> {
  if (holds.length === 0) return;
  const column = (of: (hold: Hold) => string | number | boolean | null) => arrayLiteral(holds, of);
  await db.$executeRaw`
    INSERT INTO gate_hold (tenant_id, key, state, accounts, run_id, estimate_usd, estimate_tokens, actual_usd, acknowledged,
      held_at, lease_until, ended_at)
    SELECT ${tenantId}::uuid, * FROM unnest(${column(({ key }) => key)}::text[], ${column(({ state }) => state)}::text[],
      ${column(({ accounts }) => JSON.stringify(accounts))}::jsonb[], ${column(({ runId }) => runId)}::text[],
      ${column((one) => one.estimateUsd.toFixed())}::numeric[], ${column((one) => one.estimateTokens)}::bigint[],
      ${column((one) => one.actualUsd?.toFixed() ?? null)}::numeric[], ${column((one) => one.acknowledged)}::boolean[],
      ${column((one) => one.heldAt.toISOString())}::timestamptz[], ${column((one) => one.leaseUntil.toISOString())}::timestamptz[],
      ${column((one) => one.endedAt?.toISOString() ?? null)}::timestamptz[])
    ON CONFLICT (tenant_id, key) DO UPDATE SET state = excluded.state, accounts = excluded.accounts, run_id = excluded.run_id,
      estimate_usd = excluded.estimate_usd, estimate_tokens = excluded.estimate_tokens, actual_usd = excluded.actual_usd,
      acknowledged = excluded.acknowledged, held_at = excluded.held_at, lease_until = excluded.lease_until, ended_at = excluded.ended_at`;
}

export interface StoredRun extends RunState {
  asked: number;
  firstAt: Date;
  lastAt: Date;
}
const RunRow = z.object({
  runId: z.string(),
  limitUsd: UsdText.nullable(),
  limitTokens: z.coerce.number().nullable(),
  spentUsd: UsdText,
  heldUsd: UsdText,
  spentTokens: z.coerce.number(),
  heldTokens: z.coerce.number(),
  asked: z.number(),
  firstAt: z.date(),
  lastAt: z.date(),
});

export async function loadRuns(
  db: Db,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, StoredRun>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw`
    SELECT run_id AS "runId", limit_usd::text AS "limitUsd", limit_tokens::text AS "limitTokens", spent_usd::text AS "spentUsd",
      held_usd::text AS "heldUsd", spent_tokens::text AS "spentTokens", held_tokens::text AS "heldTokens", asked,
      first_at AS "firstAt", last_at AS "lastAt"
    FROM gate_run WHERE tenant_id = ${tenantId}::uuid AND run_id = ANY (${arrayLiteral(ids, (id) => id)}::text[])`;
  return new Map(
    z
      .array(RunRow)
      .parse(rows)
      .map((run) => [run.runId, run]),
  );
}

export async function saveRuns(db: Db, tenantId: string, runs: readonly StoredRun[]): Promise<void> {
  if (runs.length === 0) return;
  const column = (of: (run: StoredRun) => string | number | null) => arrayLiteral(runs, of);
  await db.$executeRaw`
    INSERT INTO gate_run (tenant_id, run_id, limit_usd, limit_tokens, spent_usd, held_usd, spent_tokens, held_tokens, asked, first_at, last_at)
    SELECT ${tenantId}::uuid, * FROM unnest(${column((one) => one.runId)}::text[],
      ${column((one) => one.limitUsd?.toFixed() ?? null)}::numeric[], ${column((one) => one.limitTokens)}::bigint[],
      ${column((one) => one.spentUsd.toFixed())}::numeric[], ${column((one) => one.heldUsd.toFixed())}::numeric[],
      ${column((one) => one.spentTokens)}::bigint[], ${column((one) => one.heldTokens)}::bigint[],
      ${column((one) => one.asked)}::integer[], ${column((one) => one.firstAt.toISOString())}::timestamptz[], ${column((one) => one.lastAt.toISOString())}::timestamptz[])
    ON CONFLICT (tenant_id, run_id) DO UPDATE SET limit_usd = excluded.limit_usd, limit_tokens = excluded.limit_tokens,
      spent_usd = excluded.spent_usd, held_usd = excluded.held_usd, spent_tokens = excluded.spent_tokens,
      held_tokens = excluded.held_tokens, asked = excluded.asked, last_at = excluded.last_at`;
}

/** Forgets holds that ended, runs that were last seen and minutes that were counted before then. */
export async function pruneGate(
  db: Db,
  tenantId: string,
  { holdsBefore, beatsBefore }: { holdsBefore: Date; beatsBefore: Date },
): Promise<number> {
  await db.gateBeat.deleteMany({ where: { tenantId, minute: { lt: beatsBefore } } });
  await db.gateRefusal.deleteMany({ where: { tenantId, minute: { lt: holdsBefore } } });
  await db.gateRun.deleteMany({ where: { tenantId, lastAt: { lt: holdsBefore } } });
  const { count } = await db.gateHold.deleteMany({ where: { tenantId, endedAt: { lt: holdsBefore } } });
  return count;
}

const Balance = z.object({ budgetId: z.string(), heldUsd: z.string(), settledUsd: z.string() });
export type Balance = z.infer<typeof Balance>;

/** What is held by leases that still run, and what was settled, on each budget in its running period. Decimal strings, USD. */
export async function balancesOf(
  db: Db,
  tenantId: string,
  starts: PeriodStarts,
  now: Date,
): Promise<Balance[]> {
  const rows = await db.$queryRaw`
    WITH held AS (
      SELECT (one->>'budgetId')::uuid AS budget_id, (one->>'periodStart')::timestamptz AS period_start, sum(estimate_usd) AS usd
      FROM gate_hold, jsonb_array_elements(accounts) AS one
      WHERE tenant_id = ${tenantId}::uuid AND state = 'held' AND lease_until > ${now} GROUP BY 1, 2
    )
    SELECT a.budget_id::text AS "budgetId", trim_scale(coalesce(held.usd, 0))::text AS "heldUsd",
      trim_scale(a.settled_usd)::text AS "settledUsd"
    FROM gate_account a JOIN budget b ON b.tenant_id = a.tenant_id AND b.id = a.budget_id AND b.valid_to IS NULL
    LEFT JOIN held ON held.budget_id = a.budget_id AND held.period_start = a.period_start
    WHERE a.tenant_id = ${tenantId}::uuid
      AND a.period_start = CASE b.period WHEN 'month' THEN ${starts.month}::timestamptz ELSE ${starts.day}::timestamptz END
    ORDER BY 1`;
  return z.array(Balance).parse(rows);
}
