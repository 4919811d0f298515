import { Prisma } from "@/prisma/generated/client";
import { arrayLiteral } from "@/server/calls/array-literal";
import type { LedgerValue } from "@/server/calls/ledger-columns";
import type { Db } from "@/server/db";
import type { PricedAnew } from "./plan-chunk";

/** Whose change it is. */
export interface ChangeFacts {
  tenantId: string;
  runId: string;
  at: Date;
}

/** Tags that a report asks for; a history and a correction keep them as they were. */
const keptTags = "user_id, account_id, feature, team, environment, prompt_id, prompt_version";
const kept = Prisma.raw(keptTags);
const ofCall = (columns: string) =>
  Prisma.raw(
    columns
      .split(", ")
      .map((column) => `c.${column}`)
      .join(", "),
  );

function input(changes: readonly PricedAnew[]): Prisma.Sql {
  const pick = (of: (change: PricedAnew) => LedgerValue) => arrayLiteral(changes, of);
  return Prisma.sql`
    SELECT * FROM unnest(${pick((c) => c.occurredAt)}::timestamptz[], ${pick((c) => c.callId)}::text[],
      ${pick((c) => c.costUsd)}::numeric[], ${pick((c) => c.deltaUsd)}::numeric[], ${pick((c) => c.status)}::text[],
      ${pick((c) => c.priceVersionId)}::uuid[], ${pick((c) => c.priceRuleId)}::uuid[], ${pick((c) => `${c.month}-01`)}::date[]
    ) AS i(occurred_at, call_id, cost_usd, delta_usd, price_status, price_version_id, price_rule_id, month)`;
}

/**
 * Gives calls their new price, keeps what they were, and marks their hours for the roll-up, in one statement. The rows are
 * locked already.
 * @returns how many rows changed
 */
export async function updateCalls(
  db: Db,
  facts: ChangeFacts,
  changes: readonly PricedAnew[],
): Promise<number> {
  const { tenantId, runId, at } = facts;
  return db.$executeRaw`
    WITH input AS MATERIALIZED (${input(changes)}), kept AS (
      INSERT INTO call_history (tenant_id, occurred_at, call_id, superseded_at, cause, cause_id,
        cost_usd, price_status, price_version_id, price_rule_id, ${kept})
      SELECT c.tenant_id, c.occurred_at, c.call_id, ${at}::timestamptz, 'repricing', ${runId}::uuid,
        c.cost_usd, c.price_status, c.price_version_id, c.price_rule_id, ${ofCall(keptTags)}
      FROM input i JOIN call c ON c.tenant_id = ${tenantId}::uuid AND c.occurred_at = i.occurred_at AND c.call_id = i.call_id
    ), marked AS (
      INSERT INTO rollup_dirty (tenant_id, hour)
      SELECT DISTINCT ${tenantId}::uuid, date_trunc('hour', occurred_at, 'UTC') FROM input
    )
    UPDATE call c SET cost_usd = i.cost_usd, price_status = i.price_status,
      price_version_id = i.price_version_id, price_rule_id = i.price_rule_id
    FROM input i WHERE c.tenant_id = ${tenantId}::uuid AND c.occurred_at = i.occurred_at AND c.call_id = i.call_id`;
}

/** Books what calls of closed months should have cost. @returns how many */
export async function bookCorrections(
  db: Db,
  facts: ChangeFacts,
  changes: readonly PricedAnew[],
): Promise<number> {
  const { tenantId, runId, at } = facts;
  return db.$executeRaw`
    WITH input AS MATERIALIZED (${input(changes)})
    INSERT INTO call_correction (tenant_id, occurred_at, call_id, run_id, booked_at, month, cost_usd, delta_usd,
      price_status, price_version_id, price_rule_id, kind, provider, model, error_class, ${kept})
    SELECT c.tenant_id, c.occurred_at, c.call_id, ${runId}::uuid, ${at}::timestamptz, i.month, i.cost_usd, i.delta_usd,
      i.price_status, i.price_version_id, i.price_rule_id, c.kind, c.provider, c.model, c.error_class, ${ofCall(keptTags)}
    FROM input i JOIN call c ON c.tenant_id = ${tenantId}::uuid AND c.occurred_at = i.occurred_at AND c.call_id = i.call_id`;
}
