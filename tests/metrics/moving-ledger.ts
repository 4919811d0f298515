import fc from "fast-check";
import type { Client } from "pg";

export interface MadeCall {
  minute: number;
  provider: string;
  model: string;
  feature: string | null;
  team: string | null;
  environment: string | null;
  error: string | null;
  tokens: number;
  /** Null: no price is known. */
  cost: string | null;
  shares: 1 | 2;
}

/** What can befall a ledger, and what a process that counts it can suffer. `pick` says which calls: one in three. */
export type Move =
  | { kind: "add"; calls: MadeCall[] }
  | { kind: "reprice"; pick: number; cost: string | null }
  | { kind: "rename"; from: string | null; to: string | null }
  | { kind: "drop"; pick: number }
  | { kind: "fail"; pick: number; error: string | null }
  | { kind: "correct"; pick: number; delta: string }
  | { kind: "zone"; timeZone: string }
  | { kind: "die" }
  | { kind: "roll" };

const maybe = (...values: string[]) => fc.constantFrom(null, ...values);
const features = ["chat", "search", 'a "b"\\\nc', "other"];
const errors = ["timeout", "rate_limited", "overloaded", "other"];
const cost = maybe("0", "0.000000000000000001", "0.1", "1.123456789012345678", "99999999.999999999999999999");

const call: fc.Arbitrary<MadeCall> = fc.record({
  minute: fc.integer({ min: 0, max: 4 * 24 * 60 }),
  provider: fc.constantFrom("openai", "anthropic", "", "other"),
  model: fc.constantFrom("gpt-4o", "claude", "other"),
  feature: maybe(...features),
  team: maybe("core", "other"),
  environment: maybe("prod", "other"),
  error: maybe(...errors),
  tokens: fc.integer({ min: 0, max: 400_000_000 }),
  cost,
  shares: fc.constantFrom(1, 1, 1, 2),
});
const pick = fc.integer({ min: 0, max: 2 });
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("add" as const), calls: fc.array(call, { minLength: 1, maxLength: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("reprice" as const), pick, cost }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("rename" as const), from: maybe(...features), to: maybe(...features) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("drop" as const), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fail" as const), pick, error: maybe(...errors) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("correct" as const), pick, delta: fc.constantFrom("-0.5", "0.000000000000000001", "3") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("zone" as const), timeZone: fc.constantFrom("UTC", "Asia/Kathmandu", "America/Havana", "Australia/Lord_Howe") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("die" as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("roll" as const) }) },
); // prettier-ignore

export interface MovingLedger {
  maxSeries: number;
  maxErrorTypes: number;
  moves: Move[];
}
export const movingLedger: fc.Arbitrary<MovingLedger> = fc.record({
  maxSeries: fc.constantFrom(0, 1, 3, 200),
  maxErrorTypes: fc.constantFrom(0, 1, 10),
  moves: fc.array(move, { minLength: 10, maxLength: 20 }),
});

const start = "2026-10-23T00:00:00Z";
const marked = (statement: string) => `WITH changed AS (${statement})
  INSERT INTO rollup_dirty (tenant_id, hour) SELECT DISTINCT $1::uuid, date_trunc('hour', occurred_at, 'UTC') FROM changed`;
const picked = "tenant_id = $1 AND ($2::int < 0 OR abs(hashtext(coalesce(share_of, call_id))) % 3 = $2::int)";

let made = 0;

async function addCall(admin: Client, tenantId: string, call: MadeCall): Promise<void> {
  // Counted, so that the same calls are picked whenever a seed is played again.
  const id = `call-${(made += 1)}`;
  const { minute, provider, model, feature, team, environment, error, tokens, cost: usd, shares } = call;
  await admin.query(
    marked(`INSERT INTO call (tenant_id, call_id, occurred_at, received_at, source, kind, provider, model, feature, team, environment,
        error_class, fresh_input_tokens, audio_input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
        visible_output_tokens, reasoning_tokens, audio_output_tokens, cost_usd, price_status, share_of, share_no, share_weight)
      SELECT $1, $2 || '/' || share, $3::timestamptz + $4::int * interval '1 minute', now(), 'test', 'llm', $5, $6, $7, $8, $9,
        $10, $11::int, $11::int / 2, $11::int / 3, $11::int / 5, $11::int / 7, $11::int / 11, $11::int / 13, $11::int / 17,
        $12::numeric, CASE WHEN $12::numeric IS NULL THEN 'unpriced' ELSE 'priced' END,
        CASE WHEN $13::int > 1 THEN $2 END, CASE WHEN $13::int > 1 THEN share END, CASE WHEN $13::int > 1 THEN 1 END
      FROM generate_series(1, $13::int) AS share RETURNING occurred_at`),
    [tenantId, id, start, minute, provider, model, feature, team, environment, error, tokens, usd, shares],
  );
}

/** Does to the ledger what the product's own jobs do to it: rows change, and their hours are marked. */
export async function befall(admin: Client, tenantId: string, move: Move): Promise<void> {
  switch (move.kind) {
    case "add":
      for (const call of move.calls) await addCall(admin, tenantId, call);
      return;
    case "reprice":
      await admin.query(
        marked(
          `UPDATE call SET cost_usd = $3::numeric, price_status = CASE WHEN $3::numeric IS NULL THEN 'unpriced' ELSE 'priced' END
           WHERE ${picked} RETURNING occurred_at`,
        ),
        [tenantId, move.pick, move.cost],
      );
      return;
    case "rename":
      await admin.query(marked("UPDATE call SET feature = $3 WHERE tenant_id = $1 AND feature IS NOT DISTINCT FROM $2::text RETURNING occurred_at"), [tenantId, move.from, move.to]); // prettier-ignore
      return;
    case "drop":
      await admin.query(marked(`DELETE FROM call WHERE ${picked} RETURNING occurred_at`), [
        tenantId,
        move.pick,
      ]);
      return;
    case "fail":
      await admin.query(marked(`UPDATE call SET error_class = $3 WHERE ${picked} RETURNING occurred_at`), [tenantId, move.pick, move.error]); // prettier-ignore
      return;
    case "correct": {
      // A closed month's calls and their roll-ups stay as they are; no hour is marked.
      await admin.query(
        `WITH run AS (
           INSERT INTO reprice_run (tenant_id, reason, scope, known_at, state, requested_by, requested_at, progressed_at)
           VALUES ($1, 'test', '{}', now(), $4, 'test', now(), now()) RETURNING id)
         INSERT INTO call_correction (tenant_id, occurred_at, call_id, run_id, booked_at, month, cost_usd, delta_usd, price_status,
           kind, provider, model, feature, team, environment)
         SELECT tenant_id, occurred_at, call_id, run.id, now(), '2026-10-01', 0, $3::numeric, 'priced', kind, provider, model, feature, team, environment
         FROM call, run WHERE ${picked}`,
        // What has failed may go on; what is done is taken over by the next roll-up.
        [tenantId, move.pick, move.delta, move.pick === 0 ? "failed" : "done"],
      );
      return;
    }
    case "zone":
      await admin.query("UPDATE tenant SET time_zone = $2 WHERE tenant_id = $1", [tenantId, move.timeZone]);
  }
}
