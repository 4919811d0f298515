/**
 * Invoices by whole numbers alone: nothing of the product, no library of decimals. Money is in units of 10^-30 USD, so that no
 * product of a cost (18 decimals) and a price (12) loses a digit.
 */
export const scale = 30;

/** "-1.25" as a whole number of 10^-decimals. */
export function whole(text: string, decimals: number): bigint {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) throw new Error(`no decimal: ${text}`);
  const [, sign, digits = "0", fraction = ""] = found;
  if (fraction.length > decimals) throw new Error(`too many decimals: ${text}`);
  const value = BigInt(digits + fraction.padEnd(decimals, "0"));
  return sign === "-" ? -value : value;
}

/** Cents of an amount in 10^-30 USD: half a cent goes away from zero. */
export function cents(amount: bigint): bigint {
  const cent = 10n ** 28n;
  const size = amount < 0n ? -amount : amount;
  const rounded = (2n * size + cent) / (2n * cent);
  return amount < 0n ? -rounded : rounded;
}

export const ofCents = (value: bigint) => value * 10n ** 28n;

export interface PlainTier {
  upTo: string | null;
  unitUsd: string;
  flatUsd: string;
}
export type PlainComponent =
  | { kind: "cost_plus"; markupPercent: string }
  | { kind: "per_token"; usdPerMillion: string; included: string; classes: number[] }
  | { kind: "per_call"; usdPerCall: string; included: string }
  | { kind: "tiers"; measure: "tokens" | "calls" | "cost"; mode: "graduated" | "volume"; included: string; tiers: PlainTier[] }
  | { kind: "flat"; usd: string }
  | { kind: "included"; usd: string }; // prettier-ignore

/** Tokens by class, in an order that component and usage share. */
export interface PlainUsage {
  calls: string;
  tokens: string[];
  costUsd: string;
}

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);

/** Amounts of lines in 10^-30 USD, of a quantity in 10^-18 units. */
function tiered(
  component: Extract<PlainComponent, { kind: "tiers" }>,
  quantity: bigint,
  per: bigint,
): bigint[] {
  const amount = (units: bigint, { unitUsd }: PlainTier) => (units * whole(unitUsd, 12)) / per;
  const fee = ({ flatUsd }: PlainTier) => (whole(flatUsd, 2) === 0n ? [] : [ofCents(whole(flatUsd, 2))]);
  const bounds = component.tiers.map(({ upTo }) => (upTo === null ? null : whole(upTo, 18)));
  const lines: bigint[] = [];
  if (component.mode === "volume") {
    const at = bounds.findIndex((bound) => bound === null || quantity <= bound);
    const tier = component.tiers[at];
    return tier ? [amount(quantity, tier), ...fee(tier)] : [];
  }
  let from = 0n;
  component.tiers.forEach((tier, at) => {
    const bound = bounds[at] ?? null;
    const to = bound === null || quantity < bound ? quantity : bound;
    if (to > from) lines.push(amount(to - from, tier), ...fee(tier));
    if (bound !== null) from = bound;
  });
  return lines;
}

function usageLines(component: PlainComponent, usage: PlainUsage): bigint[] {
  const unit = 10n ** 18n;
  const beyond = (quantity: bigint, included: string) => {
    const free = whole(included, 18);
    return { rest: quantity > free ? quantity - free : 0n, isFree: free > 0n && quantity > 0n };
  };
  const withFree = (isFree: boolean, lines: bigint[]) => (isFree ? [0n, ...lines] : lines);
  switch (component.kind) {
    case "cost_plus": {
      const cost = whole(usage.costUsd, 18);
      return cost === 0n ? [] : [cost * (10n ** 6n + whole(component.markupPercent, 4)) * 10n ** 6n];
    }
    case "per_token": {
      const chosen =
        component.classes.length > 0 ? component.classes.map((at) => usage.tokens[at] ?? "0") : usage.tokens;
      const { rest, isFree } = beyond(sum(chosen.map(BigInt)) * unit, component.included);
      return withFree(isFree, rest === 0n ? [] : [(rest * whole(component.usdPerMillion, 12)) / 1_000_000n]);
    }
    case "per_call": {
      const { rest, isFree } = beyond(BigInt(usage.calls) * unit, component.included);
      return withFree(isFree, rest === 0n ? [] : [rest * whole(component.usdPerCall, 12)]);
    }
    case "tiers": {
      const measured = {
        tokens: sum(usage.tokens.map(BigInt)) * unit,
        calls: BigInt(usage.calls) * unit,
        cost: whole(usage.costUsd, 18),
      };
      const { rest, isFree } = beyond(measured[component.measure], component.included);
      return withFree(
        isFree,
        rest === 0n ? [] : tiered(component, rest, component.measure === "tokens" ? 1_000_000n : 1n),
      );
    }
    default:
      return [];
  }
}

export interface PlainPlan {
  components: PlainComponent[];
  minimumUsd: string | null;
  discountPercent: string;
  taxPercent: string | null;
}

/** Lines and totals of an invoice, in cents, in the order in which they are printed. */
export function plainInvoice(plan: PlainPlan, usage: PlainUsage, manual: readonly string[]) {
  const charged = plan.components.map((component) => usageLines(component, usage).map(cents));
  let left = sum(charged.flat());
  const lines: bigint[] = [];
  plan.components.forEach((component, at) => {
    if (component.kind === "flat") lines.push(whole(component.usd, 2));
    else if (component.kind === "included") {
      const free = whole(component.usd, 2) < left ? whole(component.usd, 2) : left;
      left -= free;
      if (free > 0n) lines.push(-free);
    } else lines.push(...(charged[at] ?? []));
  });
  const base = sum(lines);
  const minimum = plan.minimumUsd === null ? 0n : whole(plan.minimumUsd, 2);
  if (minimum > base) lines.push(minimum - base);
  const discount = ofCents(sum(lines)) * whole(plan.discountPercent, 4);
  if (discount !== 0n) lines.push(-cents(discount / 1_000_000n));
  lines.push(...manual.map((amount) => whole(amount, 2)));
  const net = sum(lines);
  const tax = plan.taxPercent === null ? 0n : cents((ofCents(net) * whole(plan.taxPercent, 4)) / 1_000_000n);
  if (plan.taxPercent !== null) lines.push(tax);
  return { lines, net, tax, total: net + tax };
}
