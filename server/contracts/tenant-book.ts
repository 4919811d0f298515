import { LRUCache } from "lru-cache";
import type { ListedVersion, ListLayer, PriceBook } from "@/server/prices/book";
import { type Rates, ratesOf } from "@/server/prices/bucket-rates";
import { totalInputTokens, totalOutputTokens } from "@/server/prices/buckets";
import { type BookModel, type ModelNames, namesOf } from "@/server/prices/match-model";
import { type CallToPrice, priceCall, type PricedCall } from "@/server/prices/price-call";
import { serviceOf } from "@/server/prices/service";
import {
  type ContractVersion,
  isInForce,
  type PriceRule,
  saidBy,
  saidLast,
  type TenantPrices,
} from "./contract";

/** Whose word a price is, in the order in which they are asked. */
export type Layer = "contract" | ListLayer;

/** What of a call its price depends on. */
export interface CallFacts extends CallToPrice {
  kind: string;
  /** As it stands in the ledger: as sent, or found by the model's name. */
  provider: string;
  model: string;
  feature: string | null;
  region: string | null;
  errorClass: string | null;
  occurredAt: Date;
}

export interface AppliedRates {
  rates: Rates;
  versionId: string;
  layer: Layer;
  /** The discount or markup on list prices, if one applies. */
  ruleId: string | null;
  /** Decimal string, "1" without a rule. */
  factor: string;
}

export type TenantPricedCall = PricedCall & { priceRuleId: string | null };

/** What the tenant's word on a model comes to, found once for each pair of names. */
interface ModelPrices {
  names: ModelNames;
  /** The most specific first, then the one known last. */
  contracts: readonly ContractVersion[];
  rules: readonly PriceRule[];
}

/** Everything that was ever said of a model's price, whether or not it counts. */
export interface SaidOfModel extends ModelPrices {
  listed: readonly ListedVersion[];
}

type Whereabouts = Pick<CallFacts, "provider" | "model" | "feature" | "region" | "occurredAt">;

/** Kinds that are paid by the token: without any usage their cost is unknown, not zero. */
const paidByToken: ReadonlySet<string> = new Set(["llm", "embedding", "rerank", "audio"]);

/** The price book as it holds for one tenant: its contract, then list prices with its discounts. */
export class TenantBook {
  private readonly models = new LRUCache<string, ModelPrices>({ max: 5_000 });
  private readonly ready = new Map<string, Rates>();
  private readonly contractById: ReadonlyMap<string, ContractVersion>;
  private readonly ruleById: ReadonlyMap<string, PriceRule>;

  constructor(
    readonly book: PriceBook,
    readonly said: TenantPrices = { contracts: [], rules: [] },
  ) {
    this.contractById = new Map(said.contracts.map((contract) => [contract.id, contract]));
    this.ruleById = new Map(said.rules.map((rule) => [rule.id, rule]));
  }

  /** The book of that moment: without what was learned, said or withdrawn since. */
  asKnownAt(at: Date): TenantBook {
    const { contracts, rules } = this.said;
    return new TenantBook(this.book.asKnownAt(at), {
      contracts: saidBy(contracts, at),
      rules: saidBy(rules, at),
    });
  }

  /**
   * The rates for a call of that model, feature and region at that time: the first layer that has any. Null: nobody knows.
   */
  rates(call: Whereabouts & Pick<CallToPrice, "batch" | "serviceTier">): AppliedRates | null {
    const { names, contracts, rules } = this.prices(call);
    const atMs = call.occurredAt.getTime();
    const contract = contracts.find((said) => isFor(said, call) && isInForce(said, atMs));
    if (contract) {
      const { id: versionId } = contract;
      return { rates: this.contractRates(contract), versionId, layer: "contract", ruleId: null, factor: "1" };
    }
    const listed = this.book.inForce(names, call.occurredAt, serviceOf(call).service);
    if (!listed) return null;
    const rule = rules.find((said) => isInForce(said, atMs));
    return {
      rates: this.book.rates(listed.version),
      versionId: listed.version.id,
      layer: listed.layer,
      ruleId: rule?.id ?? null,
      factor: rule?.factor ?? "1",
    };
  }

  /** What the call costs. The same call costs the same whether it arrives or is priced anew from the ledger. */
  price(call: CallFacts): TenantPricedCall {
    const applied = lacksUsage(call) ? null : this.rates(call);
    const priced = priceCall(call, applied?.rates ?? null, applied?.factor);
    const isByRates = priced.priceVersionId !== null;
    return { ...priced, priceRuleId: isByRates ? (applied?.ruleId ?? null) : null };
  }

  /** Whether another feature or region could make another price of the model. */
  asksForTags(provider: string, model: string): boolean {
    return this.prices({ provider, model }).contracts.some(
      ({ feature, region }) => feature !== null || region !== null,
    );
  }

  /** Everything that was ever said of a model's price, whether or not it counts. */
  saidOf(model: BookModel): SaidOfModel {
    const { names, contracts, rules } = this.prices(model);
    const keys = new Map(
      [names.sent, names.aliased, ...(names.listed ? [names.listed] : [])].map((name) => [
        `${name.provider}\n${name.model}`,
        name,
      ]),
    );
    return {
      names,
      contracts,
      rules,
      listed: [...keys.values()].flatMap((name) => this.book.versionsOf(name)),
    };
  }

  /** The rates of a version that a call was stored with, whether or not it counts by now. */
  version(id: string): Rates | null {
    const contract = this.contractById.get(id);
    return contract ? this.contractRates(contract) : this.book.version(id);
  }

  contract(id: string): ContractVersion | null {
    return this.contractById.get(id) ?? null;
  }

  rule(id: string): PriceRule | null {
    return this.ruleById.get(id) ?? null;
  }

  private prices({ provider, model }: BookModel): ModelPrices {
    const key = `${provider}\n${model}`;
    const known = this.models.get(key);
    if (known) return known;
    const names = namesOf({ provider, model });
    const found = {
      names,
      contracts: this.said.contracts.filter((said) => isNamed(said, names)).sort(closestFirst(names)),
      rules: this.said.rules
        .filter((said) => reaches(said, names))
        .sort((one, other) => specificity(other) - specificity(one) || saidLast(one, other)),
    };
    this.models.set(key, found);
    return found;
  }

  private contractRates(contract: ContractVersion): Rates {
    const known = this.ready.get(contract.id);
    if (known) return known;
    const made = ratesOf(contract);
    this.ready.set(contract.id, made);
    return made;
  }
}

/**
 * A stream that ended without its usage block, say: no token of any kind. An error without usage produced nothing and
 * costs nothing, unless its sender does not know whether the provider bills it (a disconnect). Told by what the ledger keeps, so that pricing a call anew decides as its arrival did.
 */
function lacksUsage(call: CallFacts): boolean {
  const isKnownFailure = call.errorClass !== null && call.billed !== "unknown";
  if (!paidByToken.has(call.kind) || isKnownFailure || call.units.toolUnits > 0) return false;
  if (totalInputTokens(call.units) > 0 || totalOutputTokens(call.units) > 0) return false;
  return Object.values(call.otherUnits).every((quantity) => Number(quantity) === 0);
}

function isSame(one: BookModel, other: BookModel | null): boolean {
  return one.provider === other?.provider && one.model === other.model;
}

function isNamed(said: BookModel, { sent, listed }: ModelNames): boolean {
  return isSame(said, sent) || isSame(said, listed);
}

function isFor(said: ContractVersion, call: Whereabouts): boolean {
  return (
    (said.feature === null || said.feature === call.feature) &&
    (said.region === null || said.region === call.region)
  );
}

/** The name as sent before the list's; then feature and region, feature, region, neither; then the one known last. */
function closestFirst({ sent }: ModelNames) {
  const closeness = (said: ContractVersion) =>
    (isSame(said, sent) ? 4 : 0) + (said.feature === null ? 0 : 2) + (said.region === null ? 0 : 1);
  return (one: ContractVersion, other: ContractVersion) =>
    closeness(other) - closeness(one) || saidLast(one, other);
}

function reaches({ provider, model }: PriceRule, { sent, listed }: ModelNames): boolean {
  return [sent, listed].some(
    (name) =>
      name !== null &&
      (provider === null || provider === name.provider) &&
      (model === null || model === name.model),
  );
}

function specificity({ provider, model }: PriceRule): number {
  return (provider === null ? 0 : 1) + (model === null ? 0 : 2);
}
