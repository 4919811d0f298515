import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { PriceRate } from "@/server/prices/price-version";
import { services } from "@/server/prices/service";
import { type ContractVersion, isInForce, type PriceRule } from "./contract";
import { freshTenantBook } from "./load-tenant-book";
import { emailsOf } from "./queries";
import { ShowModelPricesInput } from "./schemas";
import { listedRates, stretchesOf } from "./stretches";
import type { Layer } from "./tenant-book";

/** One thing that was said of the model's price, whether or not it counts. */
export interface SaidPrice {
  id: string;
  kind: Layer | "discount";
  from: string | null;
  to: string | null;
  /** UTC hours of the day that it holds for; null all day. */
  daily: { from: string; to: string } | null;
  knownFrom: string;
  /** The person's address, or the name of the job, key or list. */
  setBy: string;
  note: string;
  feature: string | null;
  region: string | null;
  withdrawnAt: string | null;
  /** It is in force at no time: withdrawn, or something that goes before it covers all of its own. */
  isSuperseded: boolean;
  /** USD for `per` units; none for a discount. */
  rates: readonly PriceRate[];
  /** Of a discount: what list prices are multiplied by. */
  factor: string | null;
}

export interface PriceStretch {
  from: string | null;
  to: string | null;
  isNow: boolean;
  /** Null: nobody knows a price then. */
  price: {
    layer: Layer;
    versionId: string;
    ruleId: string | null;
    factor: string;
    rates: readonly PriceRate[];
  } | null;
}

export interface ModelPricesAnswer {
  provider: string;
  model: string;
  /** The price list's entry that the name leads to. */
  listedAs: { provider: string; model: string } | null;
  /** The standard price through time: for calls in general, then for each feature and region with rates of its own. */
  scopes: { feature: string | null; region: string | null; stretches: PriceStretch[] }[];
  /** The one known last first. */
  said: SaidPrice[];
}

/** What a model costs, has cost and will cost, by whose word, and what else was said. */
export async function showModelPrices(ctx: Ctx, input: ShowModelPricesInput): Promise<ModelPricesAnswer> {
  requireRight(ctx.actor, "prices:read");
  const model = ShowModelPricesInput.parse(input);
  const book = await freshTenantBook(ctx);
  const { names, contracts, rules, listed } = book.saidOf(model);
  const emails = await ctx.db.read((db) =>
    emailsOf(
      db,
      [...contracts, ...rules].map(({ setBy }) => setBy),
    ),
  );
  const scopes = scopesOf(contracts).map((scope) => ({
    ...scope,
    stretches: stretchesOf(book, model, scope),
  }));
  const counted = new Set(
    scopesOf(contracts)
      .flatMap((scope) => services.flatMap((service) => stretchesOf(book, model, scope, service)))
      .flatMap(({ price }) => [price?.versionId, price?.ruleId]),
  );
  const said: SaidPrice[] = [
    ...contracts.map((contract) => ({ ...saidByTenant(contract), ...scopeOf(contract), kind: "contract" as const, rates: contract.rates, factor: null })),
    ...rules.map((rule) => ({ ...saidByTenant(rule), feature: null, region: null, kind: "discount" as const, rates: [], factor: rule.factor })),
    ...listed.map(({ version, layer }) => ({
      id: version.id,
      kind: layer,
      from: version.validFrom?.toISOString() ?? null,
      to: version.validTo?.toISOString() ?? null,
      daily: version.dailyFrom !== null && version.dailyTo !== null ? { from: version.dailyFrom, to: version.dailyTo } : null,
      knownFrom: version.knownFrom.toISOString(),
      setBy: `${version.source} ${version.sourceVersion}`,
      note: "",
      feature: null,
      region: null,
      withdrawnAt: null,
      isSuperseded: !counted.has(version.id),
      rates: version.rates,
      factor: null,
    })),
  ]; // prettier-ignore
  const nowMs = ctx.now.getTime();

  function saidByTenant(own: ContractVersion | PriceRule) {
    return {
      id: own.id,
      from: own.validFrom?.toISOString() ?? null,
      to: own.validTo?.toISOString() ?? null,
      daily: null,
      knownFrom: own.knownFrom.toISOString(),
      setBy: emails.get(own.setBy) ?? own.setBy,
      note: own.note,
      withdrawnAt: own.withdrawnFrom?.toISOString() ?? null,
      isSuperseded: !counted.has(own.id),
    };
  }

  return {
    ...names.sent,
    listedAs: names.listed,
    scopes: scopes.map(({ stretches, ...scope }) => ({
      ...scope,
      stretches: stretches.map(({ from, to, price }) => ({
        from: from?.toISOString() ?? null,
        to: to?.toISOString() ?? null,
        isNow: isInForce({ validFrom: from, validTo: to, withdrawnFrom: null }, nowMs),
        price: price && { ...price, rates: listedRates(book, price.versionId) },
      })),
    })),
    said: said.sort((one, other) => Date.parse(other.knownFrom) - Date.parse(one.knownFrom)),
  };
}

const scopeOf = ({ feature, region }: ContractVersion) => ({ feature, region });

function scopesOf(contracts: readonly ContractVersion[]) {
  const all = [{ feature: null, region: null }, ...contracts.map(scopeOf)];
  return [...new Map(all.map((scope) => [JSON.stringify(scope), scope])).values()];
}
