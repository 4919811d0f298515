import { arrayLiteral } from "@/server/calls/array-literal";
import type { Db } from "@/server/db";
import type { UsageEvent, UserWord } from "./schemas";

/**
 * Stores events whose ids are new, in the order of their ids: two batches wait for each other instead of deadlocking.
 * @returns how many were new
 */
export async function insertEvents(
  db: Db,
  batch: { tenantId: string; source: string; receivedAt: Date },
  events: readonly UsageEvent[],
): Promise<number> {
  const pick = (field: keyof UsageEvent) => arrayLiteral(events, (event) => event[field] ?? null);
  return db.$executeRaw`
    INSERT INTO usage_event (tenant_id, message_id, occurred_at, received_at, user_id, account_id, feature, event, source)
    SELECT ${batch.tenantId}::uuid, e.id, e.occurred_at, ${batch.receivedAt}::timestamptz, e.user_id, e.account_id, e.feature, e.event, ${batch.source}
    FROM unnest(${pick("id")}::text[], ${pick("occurredAt")}::timestamptz[], ${pick("userId")}::text[], ${pick("accountId")}::text[],
                ${pick("feature")}::text[], ${pick("event")}::text[]) AS e(id, occurred_at, user_id, account_id, feature, event)
    ORDER BY e.id
    ON CONFLICT (tenant_id, message_id) DO NOTHING`;
}

/**
 * Of each fact about a user the newest word holds, whatever the order in which words arrive, alone or together; each
 * fact has its own time, since a word need not say all. Of two words of one instant the greater value holds.
 */
export async function saveWords(
  db: Db,
  tenantId: string,
  words: readonly (UserWord & { at: string })[],
): Promise<void> {
  const pick = (field: keyof UserWord) => arrayLiteral(words, (word) => word[field] ?? null);
  await db.$executeRaw`
    INSERT INTO end_user AS u (tenant_id, user_id, identified_at, account_id, account_at, plan, plan_at, mrr_usd, mrr_at, signed_up_at, signed_up_told_at)
    SELECT ${tenantId}::uuid, user_id, max(at),
      (array_agg(account_id ORDER BY at DESC, account_id COLLATE "C" DESC) FILTER (WHERE account_id IS NOT NULL))[1],
      max(at) FILTER (WHERE account_id IS NOT NULL),
      (array_agg(plan ORDER BY at DESC, plan COLLATE "C" DESC) FILTER (WHERE plan IS NOT NULL))[1],
      max(at) FILTER (WHERE plan IS NOT NULL),
      (array_agg(mrr_usd ORDER BY at DESC, mrr_usd DESC) FILTER (WHERE mrr_usd IS NOT NULL))[1],
      max(at) FILTER (WHERE mrr_usd IS NOT NULL),
      (array_agg(signed_up_at ORDER BY at DESC, signed_up_at DESC) FILTER (WHERE signed_up_at IS NOT NULL))[1],
      max(at) FILTER (WHERE signed_up_at IS NOT NULL)
    FROM unnest(${pick("userId")}::text[], ${pick("at")}::timestamptz[], ${pick("accountId")}::text[], ${pick("plan")}::text[],
                ${pick("mrrUsd")}::numeric[], ${pick("signedUpAt")}::timestamptz[]) AS w(user_id, at, account_id, plan, mrr_usd, signed_up_at)
    GROUP BY user_id ORDER BY user_id
    ON CONFLICT (tenant_id, user_id) DO UPDATE SET
      identified_at = greatest(u.identified_at, excluded.identified_at),
      account_id = CASE WHEN u.account_at IS NULL OR (excluded.account_at, excluded.account_id COLLATE "C") > (u.account_at, u.account_id)
        THEN excluded.account_id ELSE u.account_id END,
      account_at = greatest(u.account_at, excluded.account_at),
      plan = CASE WHEN u.plan_at IS NULL OR (excluded.plan_at, excluded.plan COLLATE "C") > (u.plan_at, u.plan)
        THEN excluded.plan ELSE u.plan END,
      plan_at = greatest(u.plan_at, excluded.plan_at),
      mrr_usd = CASE WHEN u.mrr_at IS NULL OR (excluded.mrr_at, excluded.mrr_usd) > (u.mrr_at, u.mrr_usd)
        THEN excluded.mrr_usd ELSE u.mrr_usd END,
      mrr_at = greatest(u.mrr_at, excluded.mrr_at),
      signed_up_at = CASE WHEN u.signed_up_told_at IS NULL OR (excluded.signed_up_told_at, excluded.signed_up_at) > (u.signed_up_told_at, u.signed_up_at)
        THEN excluded.signed_up_at ELSE u.signed_up_at END,
      signed_up_told_at = greatest(u.signed_up_told_at, excluded.signed_up_told_at)`;
}
