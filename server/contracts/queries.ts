import { z } from "zod";
import type { Db } from "@/server/db";
import { services } from "@/server/prices/service";
import type { ContractVersion, PriceRule, TenantPrices } from "./contract";

const said = {
  id: z.string(),
  validFrom: z.date().nullable(),
  validTo: z.date().nullable(),
  knownFrom: z.date(),
  setBy: z.string(),
  note: z.string(),
  withdrawnFrom: z.date().nullable(),
};

const Rate = z
  .tuple([z.enum(services), z.string(), z.number().int(), z.string(), z.number().int()])
  .transform(([service, unit, tierStart, usd, per]) => ({ service, unit, tierStart, usd, per }));

const Contract = z.object({
  ...said,
  provider: z.string(),
  model: z.string(),
  feature: z.string().nullable(),
  region: z.string().nullable(),
  rates: z.array(Rate),
});

const Rule = z.object({
  ...said,
  provider: z.string().nullable(),
  model: z.string().nullable(),
  factor: z.string(),
});

/** All that the tenant ever said of prices, withdrawn or not. Rows that withdraw are told by what they withdraw. */
export async function listTenantPrices(db: Db, tenantId: string): Promise<TenantPrices> {
  // Infinities do not survive the driver's dates, and numeric's trailing zeros would make equal rates differ.
  const contracts = await db.$queryRaw`
    SELECT v.id, v.provider, v.model, v.feature, v.region,
      nullif(v.valid_from, '-infinity') AS "validFrom", nullif(v.valid_to, 'infinity') AS "validTo",
      v.known_from AS "knownFrom", v.set_by AS "setBy", v.note,
      (SELECT min(w.known_from) FROM contract_version w WHERE w.tenant_id = v.tenant_id AND w.withdraws = v.id) AS "withdrawnFrom",
      coalesce((SELECT json_agg(json_build_array(service, unit, tier_start, trim_scale(usd)::text, per) ORDER BY service, unit, tier_start)
        FROM contract_rate r WHERE r.tenant_id = v.tenant_id AND r.version_id = v.id), '[]') AS rates
    FROM contract_version v WHERE v.tenant_id = ${tenantId}::uuid AND v.withdraws IS NULL
    ORDER BY v.known_from, v.id`;
  const rules = await db.$queryRaw`
    SELECT r.id, r.provider, r.model, trim_scale(r.factor)::text AS factor,
      nullif(r.valid_from, '-infinity') AS "validFrom", nullif(r.valid_to, 'infinity') AS "validTo",
      r.known_from AS "knownFrom", r.set_by AS "setBy", r.note,
      (SELECT min(w.known_from) FROM price_rule w WHERE w.tenant_id = r.tenant_id AND w.withdraws = r.id) AS "withdrawnFrom"
    FROM price_rule r WHERE r.tenant_id = ${tenantId}::uuid AND r.withdraws IS NULL
    ORDER BY r.known_from, r.id`;
  return { contracts: z.array(Contract).parse(contracts), rules: z.array(Rule).parse(rules) };
}

type Inserted<T> = Omit<T, "withdrawnFrom">;

export async function insertContract(
  db: Db,
  tenantId: string,
  contract: Inserted<ContractVersion>,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO contract_version (tenant_id, id, provider, model, feature, region, valid_from, valid_to, known_from, set_by, note)
    VALUES (${tenantId}::uuid, ${contract.id}::uuid, ${contract.provider}, ${contract.model}, ${contract.feature}, ${contract.region},
      coalesce(${contract.validFrom}::timestamptz, '-infinity'), coalesce(${contract.validTo}::timestamptz, 'infinity'),
      ${contract.knownFrom}::timestamptz, ${contract.setBy}, ${contract.note})`;
  await db.$executeRaw`
    INSERT INTO contract_rate (tenant_id, version_id, service, unit, tier_start, usd, per)
    SELECT ${tenantId}::uuid, ${contract.id}::uuid, service, unit, "tierStart", usd::numeric, per
    FROM jsonb_to_recordset(${JSON.stringify(contract.rates)}::jsonb)
      AS r(service text, unit text, "tierStart" integer, usd text, per integer)`;
}

export async function insertRule(db: Db, tenantId: string, rule: Inserted<PriceRule>): Promise<void> {
  await db.$executeRaw`
    INSERT INTO price_rule (tenant_id, id, provider, model, factor, valid_from, valid_to, known_from, set_by, note)
    VALUES (${tenantId}::uuid, ${rule.id}::uuid, ${rule.provider}, ${rule.model}, ${rule.factor}::numeric,
      coalesce(${rule.validFrom}::timestamptz, '-infinity'), coalesce(${rule.validTo}::timestamptz, 'infinity'),
      ${rule.knownFrom}::timestamptz, ${rule.setBy}, ${rule.note})`;
}

export interface Withdrawal {
  /** Of the row that says so. */
  id: string;
  withdraws: string;
  knownFrom: Date;
  setBy: string;
  note: string;
}

/** Copies what it withdraws, so that the row reads by itself. @returns whether there was such a contract */
export async function insertContractWithdrawal(db: Db, tenantId: string, row: Withdrawal): Promise<boolean> {
  const written = await db.$executeRaw`
    INSERT INTO contract_version (tenant_id, id, provider, model, feature, region, valid_from, valid_to, known_from, set_by, note, withdraws)
    SELECT tenant_id, ${row.id}::uuid, provider, model, feature, region, valid_from, valid_to, ${row.knownFrom}::timestamptz,
      ${row.setBy}, ${row.note}, id
    FROM contract_version WHERE tenant_id = ${tenantId}::uuid AND id = ${row.withdraws}::uuid AND withdraws IS NULL`;
  return written === 1;
}

/** Copies what it withdraws, so that the row reads by itself. @returns whether there was such a rule */
export async function insertRuleWithdrawal(db: Db, tenantId: string, row: Withdrawal): Promise<boolean> {
  const written = await db.$executeRaw`
    INSERT INTO price_rule (tenant_id, id, provider, model, factor, valid_from, valid_to, known_from, set_by, note, withdraws)
    SELECT tenant_id, ${row.id}::uuid, provider, model, factor, valid_from, valid_to, ${row.knownFrom}::timestamptz,
      ${row.setBy}, ${row.note}, id
    FROM price_rule WHERE tenant_id = ${tenantId}::uuid AND id = ${row.withdraws}::uuid AND withdraws IS NULL`;
  return written === 1;
}

/** Addresses of fellow members by their id; who is none, or no person, is left out. */
export async function emailsOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; email: string }[]>`
    SELECT id::text AS id, email FROM person WHERE id::text = ANY (${[...new Set(ids)]}::text[])`;
  return new Map(rows.map(({ id, email }) => [id, email]));
}
