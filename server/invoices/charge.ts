import { Usd } from "@/server/prices/decimal";
import { groupDigits } from "./amount-text";
import type { Tier, UsageComponent } from "./plan-schemas";
import { measureOf } from "./usage";

/** A part of what a component charges: `quantity` × `unitUsd` ÷ `per`, or a fee without a quantity. */
export interface ChargePart {
  /** What sets it apart from the others of its component, for people; '' is nothing. */
  name: string;
  quantity: Usd | null;
  unitUsd: Usd | null;
  per: number | null;
  /** Every digit of it. */
  exact: Usd;
}

const million = 1_000_000;
const zero = new Usd(0);

function product(name: string, quantity: Usd, unitUsd: Usd, per: number): ChargePart {
  return { name, quantity, unitUsd, per, exact: quantity.times(unitUsd).dividedBy(per) };
}

const fee = (name: string, usd: string): ChargePart[] =>
  new Usd(usd).isZero()
    ? []
    : [
        {
          name: name === "" ? "fee" : `${name}, fee`,
          quantity: null,
          unitUsd: null,
          per: null,
          exact: new Usd(usd),
        },
      ];

function tierName({ upTo }: Tier, before: string | null): string {
  if (upTo === null) return before === null ? "" : `above ${groupDigits(before)}`;
  return before === null
    ? `up to ${groupDigits(upTo)}`
    : `above ${groupDigits(before)} up to ${groupDigits(upTo)}`;
}

/** Each unit costs what its own tier says; a tier is reached by the first part of a unit in it. */
function graduated(tiers: readonly Tier[], quantity: Usd, per: number): ChargePart[] {
  return tiers.flatMap((tier, at) => {
    const before = tiers[at - 1]?.upTo ?? null;
    const from = new Usd(before ?? 0);
    const within = (tier.upTo === null ? quantity : Usd.min(quantity, tier.upTo)).minus(from);
    if (within.lte(0)) return [];
    const name = tierName(tier, before);
    return [product(name, within, new Usd(tier.unitUsd), per), ...fee(name, tier.flatUsd)];
  });
}

/** All units cost what the tier says that the last of them is in. */
function byVolume(tiers: readonly Tier[], quantity: Usd, per: number): ChargePart[] {
  const at = tiers.findIndex(({ upTo }) => upTo === null || quantity.lte(upTo));
  const tier = tiers[at];
  if (!tier || quantity.lte(0)) return [];
  const name = tierName(tier, tiers[at - 1]?.upTo ?? null);
  return [product(name, quantity, new Usd(tier.unitUsd), per), ...fee(name, tier.flatUsd)];
}

function charged(component: UsageComponent, quantity: Usd): ChargePart[] {
  switch (component.kind) {
    case "cost_plus":
      return [product("", quantity, new Usd(component.markupPercent).dividedBy(100).plus(1), 1)];
    case "per_token":
      return [product("", quantity, new Usd(component.usdPerMillion), million)];
    case "per_call":
      return [product("", quantity, new Usd(component.usdPerCall), 1)];
    case "tiers": {
      const per = component.measure === "tokens" ? million : 1;
      // Of less than nothing (calls that went to another account), the first tier gives back what it took.
      const first = component.tiers[0];
      if (quantity.lt(0)) return first ? [product("", quantity, new Usd(first.unitUsd), per)] : [];
      return component.mode === "graduated"
        ? graduated(component.tiers, quantity, per)
        : byVolume(component.tiers, quantity, per);
    }
  }
}

/** What a component charges for a quantity (tokens, calls, or USD of cost), part by part; nothing for nothing. */
export function chargeParts(component: UsageComponent, quantity: Usd): ChargePart[] {
  if (quantity.isZero()) return [];
  const free = "included" in component ? Usd.max(0, Usd.min(component.included, quantity)) : zero;
  const per = measureOf(component) === "tokens" ? million : 1;
  const rest = quantity.minus(free);
  return [
    ...(free.isZero() ? [] : [product("included", free, zero, per)]),
    ...(rest.isZero() ? [] : charged(component, rest)),
  ];
}

/** The same as one exact amount. */
export function chargeOf(component: UsageComponent, quantity: Usd): Usd {
  return chargeParts(component, quantity).reduce((sum, { exact }) => sum.plus(exact), zero);
}
