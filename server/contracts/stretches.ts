import type { BookModel } from "@/server/prices/match-model";
import type { CallToPrice } from "@/server/prices/price-call";
import type { PriceRate } from "@/server/prices/price-version";
import type { Service } from "@/server/prices/service";
import type { ContractVersion } from "./contract";
import type { Layer, SaidOfModel, TenantBook } from "./tenant-book";

/** A time through which a model has one price. */
export interface Stretch {
  from: Date | null;
  to: Date | null;
  /** Null where nobody knows a price. */
  price: { layer: Layer; versionId: string; ruleId: string | null; factor: string } | null;
}

type Scope = Pick<ContractVersion, "feature" | "region">;

/** Instants at which something said of the model begins or ends, in order. */
export function turningPoints({
  contracts,
  rules,
  listed,
}: Pick<SaidOfModel, "contracts" | "rules" | "listed">): number[] {
  const said = [...contracts, ...rules, ...listed.map(({ version }) => version)];
  const instants = said.flatMap(({ validFrom, validTo }) => [validFrom, validTo]);
  return [...new Set(instants.flatMap((instant) => instant?.getTime() ?? []))].sort(
    (one, other) => one - other,
  );
}

const bought: Record<Service, Pick<CallToPrice, "batch" | "serviceTier">> = {
  standard: { batch: false, serviceTier: null },
  batch: { batch: true, serviceTier: null },
  flex: { batch: false, serviceTier: "flex" },
  priority: { batch: false, serviceTier: "priority" },
};

/**
 * The price of a model through all time, for calls of that feature and region. Prices by the hour of the day
 * are told by the one that a stretch begins with.
 */
export function stretchesOf(
  book: TenantBook,
  model: BookModel,
  scope: Scope,
  service: Service = "standard",
): Stretch[] {
  const points = turningPoints(book.saidOf(model));
  const stretches: Stretch[] = [];
  // Before the first turning point everything is as it is a moment before.
  for (const [at, from] of [null, ...points].entries()) {
    const to = points[at];
    const occurredAt = new Date(from ?? (to ?? 0) - 1);
    const applied = book.rates({ ...model, ...scope, occurredAt, ...bought[service] });
    const price = applied && {
      layer: applied.layer,
      versionId: applied.versionId,
      ruleId: applied.ruleId,
      factor: applied.factor,
    };
    const before = stretches.at(-1);
    const end = to === undefined ? null : new Date(to);
    if (before && isSamePrice(before.price, price)) before.to = end;
    else stretches.push({ from: from === null ? null : new Date(from), to: end, price });
  }
  return stretches;
}

function isSamePrice(one: Stretch["price"], other: Stretch["price"]): boolean {
  return one?.versionId === other?.versionId && one?.ruleId === other?.ruleId;
}

/** The rates of the version behind a stretch, before its factor. */
export function listedRates(book: TenantBook, versionId: string): readonly PriceRate[] {
  return book.contract(versionId)?.rates ?? book.book.find(versionId)?.rates ?? [];
}
