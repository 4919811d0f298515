import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { CallFacts, TenantPricedCall } from "@/server/contracts/tenant-book";
import type { Db } from "@/server/db";
import type { BucketUnits } from "@/server/prices/buckets";
import { arrayLiteral } from "./array-literal";
import { bucketColumns } from "./ledger-columns";

export interface CallKey {
  callId: string;
  occurredAt: Date;
}

const text = z.string().nullable();
const Facts = z.object({
  callId: z.string(),
  occurredAt: z.date(),
  kind: z.string(),
  provider: z.string(),
  model: z.string(),
  feature: text,
  region: text,
  errorClass: text,
  billed: z.enum(["yes", "no", "unknown"]),
  cache: z.enum(["none", "exact", "semantic"]),
  batch: z.boolean(),
  serviceTier: text,
  otherUnits: z.record(z.string(), z.string()),
  reportedCostUsd: text,
  units: z.record(z.string(), z.number()).transform((units) => units as BucketUnits),
});

const units = Object.entries(bucketColumns)
  .map(([bucket, column]) => `'${bucket}', c.${column}`)
  .join(", ");

const keysOf = (calls: readonly CallKey[]) => Prisma.sql`unnest(
  ${arrayLiteral(calls, ({ callId }) => callId)}::text[],
  ${arrayLiteral(calls, ({ occurredAt }) => occurredAt.toISOString())}::timestamptz[])`;

/** What these calls' prices depend on, as it is now. Shares are priced with their whole, and left out. */
export async function factsOfCalls(
  db: Db,
  tenantId: string,
  calls: readonly CallKey[],
): Promise<(CallFacts & CallKey)[]> {
  const rows = await db.$queryRaw`
    SELECT c.call_id AS "callId", c.occurred_at AS "occurredAt", c.kind, c.provider, c.model, c.feature, c.region,
      c.error_class AS "errorClass", c.billed, c.cache, c.batch, c.service_tier AS "serviceTier",
      coalesce(c.units, '{}') AS "otherUnits", trim_scale(c.reported_cost_usd)::text AS "reportedCostUsd",
      json_build_object(${Prisma.raw(units)}) AS units
    FROM ${keysOf(calls)} AS w(call_id, occurred_at)
    JOIN call c ON c.tenant_id = ${tenantId}::uuid AND c.occurred_at = w.occurred_at AND c.call_id = w.call_id
    WHERE c.share_of IS NULL`;
  return z.array(Facts).parse(rows);
}

/** Gives calls another price, in the transaction that kept what they were and marked their hours. */
export async function savePrices(
  db: Db,
  tenantId: string,
  priced: readonly (CallKey & { price: TenantPricedCall })[],
): Promise<void> {
  const prices = (of: (price: TenantPricedCall) => string | null) =>
    arrayLiteral(priced, ({ price }) => of(price));
  await db.$executeRaw`
    UPDATE call c SET cost_usd = i.cost_usd, price_status = i.price_status, price_version_id = i.price_version_id,
      price_rule_id = i.price_rule_id
    FROM unnest(${arrayLiteral(priced, ({ callId }) => callId)}::text[],
      ${arrayLiteral(priced, ({ occurredAt }) => occurredAt.toISOString())}::timestamptz[],
      ${prices((price) => price.costUsd)}::numeric[], ${prices((price) => price.status)}::text[],
      ${prices((price) => price.priceVersionId)}::uuid[], ${prices((price) => price.priceRuleId)}::uuid[]
    ) AS i(call_id, occurred_at, cost_usd, price_status, price_version_id, price_rule_id)
    WHERE c.tenant_id = ${tenantId}::uuid AND c.occurred_at = i.occurred_at AND c.call_id = i.call_id`;
}
