import { z } from "zod";
import type { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { JobEvent, type Memo } from "./protocol";
import type { Step, StepState } from "./steps";
import type { NewRun } from "./trigger";

export interface Run {
  id: string;
  functionId: string;
  concurrencyKey: string;
  attempt: number;
  events: JobEvent[];
}

/** Starts runs whose cause is new to their function. @returns how many were new */
export async function insertRuns(db: Db, runs: NewRun[], now: Date): Promise<number> {
  if (runs.length === 0) return 0;
  const data = runs.map((run) => ({
    ...run,
    state: "queued",
    events: json(run.events),
    runAfter: now,
    createdAt: now,
  }));
  const { count } = await db.jobRun.createMany({ data, skipDuplicates: true });
  return count;
}

/** A finished run that never ran: it dates from when on a cron counts, so that no tick after it is forgotten. */
export async function insertCronStart(
  db: Db,
  starts: { functionId: string; cause: string }[],
  now: Date,
): Promise<void> {
  const times = { runAfter: now, createdAt: now, finishedAt: now };
  const data = starts.map((start) => ({ ...start, ...times, state: "done", events: [] }));
  await db.jobRun.createMany({ data, skipDuplicates: true });
}

/** The newest tick of every function's every cron. */
export function lastCronCauses(db: Db): Promise<{ functionId: string; cause: string }[]> {
  return db.$queryRaw`
    SELECT function_id AS "functionId", max(cause COLLATE "C") AS cause FROM job_run WHERE cause LIKE 'cron %'
    GROUP BY function_id, split_part(cause, ' @ ', 1)`;
}

export interface DueRun {
  id: string;
  functionId: string;
  concurrencyKey: string;
}

/** Runs that may go on, oldest first, and of each group only the first few, so that one tenant's queue hides no other's. */
export function dueRuns(db: Db, input: { now: Date; busy: string[]; perGroup: number }): Promise<DueRun[]> {
  return db.$queryRaw`
    SELECT id, function_id AS "functionId", concurrency_key AS "concurrencyKey" FROM (
      SELECT *, row_number() OVER (PARTITION BY function_id, concurrency_key ORDER BY created_at, id) AS place
      FROM job_run
      WHERE state IN ('queued', 'running') AND run_after <= ${input.now} AND id <> ALL (${input.busy}::uuid[])
    ) due
    WHERE place <= ${input.perGroup} ORDER BY created_at, id LIMIT 200`;
}

/** Takes a run up. Found running, it was interrupted, by the end of its process most likely, which counts as a failed try. */
export async function claimRun(db: Db, id: string): Promise<Omit<Run, "events"> & { events: unknown }> {
  const [row] = await db.$queryRaw<(Omit<Run, "events"> & { events: unknown })[]>`
    UPDATE job_run SET attempt = attempt + (state = 'running')::int, state = 'running' WHERE id = ${id}::uuid
    RETURNING id, function_id AS "functionId", concurrency_key AS "concurrencyKey", attempt, events`;
  if (!row) throw new Error(`Job run ${id} is gone.`);
  return row;
}

/** @throws ZodError; outside the claim's transaction, or a run that can't be read would be claimed for ever */
export function readRun(row: Awaited<ReturnType<typeof claimRun>>): Run {
  return { ...row, events: z.array(JobEvent).min(1).parse(row.events) };
}

/** Back to the queue as it was, because the process ends: not a failed try. */
export async function releaseRun(db: Db, id: string): Promise<void> {
  await db.jobRun.updateMany({ where: { id, state: "running" }, data: { state: "queued" } });
}

export async function keepAttempt(db: Db, id: string, attempt: number): Promise<void> {
  await db.jobRun.update({ where: { id }, data: { attempt } });
}

export async function pauseRun(
  db: Db,
  id: string,
  pause: { until: Date; attempt: number; failure: string | null },
): Promise<void> {
  const { until, attempt, failure } = pause;
  await db.jobRun.update({ where: { id }, data: { state: "queued", runAfter: until, attempt, failure } });
}

export async function finishRun(
  db: Db,
  id: string,
  end: { failure: string | null; now: Date },
): Promise<void> {
  const state = end.failure === null ? "done" : "failed";
  // A failure that a later try made good is not worth an operator's look.
  await db.jobRun.update({ where: { id }, data: { state, failure: end.failure, finishedAt: end.now } });
}

const StoredResult = z.union([
  z.strictObject({ data: z.unknown() }),
  z.strictObject({ error: z.unknown() }),
  z.strictObject({ until: z.iso.datetime() }),
  z.strictObject({ retryAt: z.iso.datetime() }),
  z.null(),
]);

export async function loadSteps(db: Db, runId: string): Promise<Step[]> {
  const rows = await db.jobStep.findMany({ where: { runId }, orderBy: { seq: "asc" } });
  return rows.map(({ stepId, attempt, result }) => ({
    id: stepId,
    state: fromStored(StoredResult.parse(result), attempt),
  }));
}

/** A settled step moves to the end: the SDK is told in which order steps were settled. Once settled it never changes. */
export async function saveStep(db: Db, runId: string, { id, state }: Step): Promise<void> {
  const attempt = state.kind === "planned" ? state.attempt : 0;
  const stored = toStored(state);
  const result = stored === null ? null : JSON.stringify(stored);
  await db.$executeRaw`
    INSERT INTO job_step AS step (run_id, step_id, seq, attempt, result)
    SELECT ${runId}::uuid, ${id}, coalesce(max(seq), 0) + 1, ${attempt}, ${result}::jsonb FROM job_step WHERE run_id = ${runId}::uuid
    ON CONFLICT (run_id, step_id) DO UPDATE SET seq = excluded.seq, attempt = excluded.attempt, result = excluded.result
    WHERE step.result IS NULL OR NOT step.result ?| ARRAY['data', 'error']`;
}

/**
 * Forgets finished runs: those that went well after `doneBefore`, failed ones after `failedBefore`, a batch at a time.
 * A failed run that holds an idempotency key goes with the former. The newest tick of each cron stays, or a job that runs once a month would not know that it ran.
 */
export function pruneRuns(db: Db, before: { doneBefore: Date; failedBefore: Date }): Promise<number> {
  return db.$executeRaw`
    DELETE FROM job_run WHERE id IN (
      SELECT id FROM job_run old
      WHERE (state = 'done' AND finished_at < ${before.doneBefore} OR state = 'failed' AND finished_at < ${before.failedBefore}
             OR cause LIKE 'key %' AND finished_at < ${before.doneBefore})
        AND (cause NOT LIKE 'cron %' OR EXISTS (
          SELECT FROM job_run newer WHERE newer.function_id = old.function_id AND newer.cause COLLATE "C" > old.cause
            AND split_part(newer.cause, ' @ ', 1) = split_part(old.cause, ' @ ', 1)))
      LIMIT 20000)`;
}

export interface FunctionHealth {
  functionId: string;
  lastDoneAt: Date | null;
  lastFailedAt: Date | null;
  lastFailure: string | null;
  failedLastDay: number;
  waiting: number;
}

export function functionHealth(db: Db, now: Date): Promise<FunctionHealth[]> {
  return db.$queryRaw`
    SELECT function_id AS "functionId",
      max(finished_at) FILTER (WHERE state = 'done') AS "lastDoneAt",
      max(finished_at) FILTER (WHERE state = 'failed') AS "lastFailedAt",
      (array_agg(failure ORDER BY finished_at DESC) FILTER (WHERE state = 'failed'))[1] AS "lastFailure",
      (count(*) FILTER (WHERE state = 'failed' AND finished_at > ${now}::timestamptz - interval '1 day'))::int AS "failedLastDay",
      (count(*) FILTER (WHERE state IN ('queued', 'running')))::int AS waiting
    FROM job_run WHERE events <> '[]' GROUP BY function_id ORDER BY function_id`;
}

/** Events came from JSON and go back to JSON; Prisma's input type can't see that through `unknown`. */
function json(events: JobEvent[]): Prisma.InputJsonArray {
  return events as unknown as Prisma.InputJsonArray;
}

function fromStored(stored: z.infer<typeof StoredResult>, attempt: number): StepState {
  if (stored === null) return { kind: "planned", attempt, retryAt: null };
  if ("until" in stored) return { kind: "sleeping", until: new Date(stored.until) };
  if ("retryAt" in stored) return { kind: "planned", attempt, retryAt: new Date(stored.retryAt) };
  const memo: Memo =
    "data" in stored ? { type: "data", data: stored.data } : { type: "error", error: stored.error };
  return { kind: "settled", memo };
}

function toStored(state: StepState): Record<string, unknown> | null {
  switch (state.kind) {
    case "settled":
      return state.memo.type === "data"
        ? { data: state.memo.data ?? null }
        : { error: state.memo.error ?? null };
    case "sleeping":
      return { until: state.until.toISOString() };
    case "planned":
      return state.retryAt && { retryAt: state.retryAt.toISOString() };
  }
}
