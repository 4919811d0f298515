import { randomUUID } from "node:crypto";
import { addMeter } from "@/server/billing/add-meter";
import { connectBilling } from "@/server/billing/connect";
import { mapAccount } from "@/server/billing/map-account";
import type { Measure } from "@/server/billing/schemas";
import type { Ctx, Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, makeTenant, personWith, system } from "../factories/tenant";
import { customers, type FakeStripe, keyOf, sumMeter } from "./fake";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

export interface Scene {
  tenant: Tenant;
  account: string;
  meters: Partial<Record<Measure, string>>;
  at: (now: Date) => Ctx;
}

export interface MadeCall {
  accountId: string;
  at: Date;
  tokens: number;
  costUsd: string;
  id?: string;
}

/** Calls straight in the ledger, and the marks that ingest would have left. */
export async function addCalls(tenant: Tenant, calls: readonly MadeCall[], receivedAt: Date): Promise<void> {
  await asAdmin(
    `INSERT INTO call (tenant_id, call_id, occurred_at, received_at, source, kind, provider, model, account_id, fresh_input_tokens,
       cost_usd, price_status)
     SELECT $1, id, at, $2, 'api', 'llm', 'openai', 'gpt-4o', account, tokens, cost, 'priced'
     FROM unnest($3::text[], $4::timestamptz[], $5::text[], $6::int[], $7::numeric[]) AS made(id, at, account, tokens, cost)`,
    [
      tenant.id,
      receivedAt,
      calls.map(({ id }) => id ?? randomUUID()),
      calls.map(({ at }) => at),
      calls.map(({ accountId }) => accountId),
      calls.map(({ tokens }) => tokens),
      calls.map(({ costUsd }) => costUsd),
    ],
  );
  await asAdmin(
    `INSERT INTO rollup_dirty (tenant_id, hour, marked_at)
     SELECT DISTINCT $1::uuid, date_trunc('hour', at, 'UTC'), $2::timestamptz FROM unnest($3::timestamptz[]) AS at`,
    [tenant.id, receivedAt, calls.map(({ at }) => at)],
  );
}

export async function roll(tenant: Tenant, now: Date): Promise<void> {
  while ((await rollUp(contextOf(tenant, system, now))).more);
}

/** A tenant that bills tokens and cost of two accounts to two customers of a Stripe of its own. */
export async function makeScene(
  fake: FakeStripe,
  account: string,
  now: Date,
  startsAt: Date,
): Promise<Scene> {
  const tenant = await makeTenant();
  await fake.told(account, {
    set: {
      now: now.getTime(),
      meters: [sumMeter("mtr_tokens", "llm_tokens"), sumMeter("mtr_cost", "llm_cost")],
      customers: customers("cus_a", "cus_b"),
    },
  });
  const at = (when: Date) => contextOf(tenant, personWith("owner"), when);
  await connectBilling(at(now), { apiKey: keyOf(account), webhookSecret: "whsec_0123456789abcdef" });
  const starts = startsAt.toISOString();
  const tokens = await addMeter(at(now), {
    providerMeter: "mtr_tokens",
    measure: "tokens",
    startsAt: starts,
  });
  const cost = await addMeter(at(now), {
    providerMeter: "mtr_cost",
    measure: "cost_micro_usd",
    startsAt: starts,
  });
  await mapAccount(at(now), { accountId: "acme", customerId: "cus_a" });
  await mapAccount(at(now), { accountId: "beta", customerId: "cus_b" });
  return { tenant, account, meters: { tokens: tokens.id, cost_micro_usd: cost.id }, at };
}
