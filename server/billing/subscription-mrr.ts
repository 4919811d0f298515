import { Decimal } from "decimal.js";
import type { ProviderSubscription, SubscriptionDiscount, SubscriptionItem } from "./port";

const Exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_UP });
type Exact = InstanceType<typeof Exact>;

/** A year is 12 months and 365 days: so many times a month each interval comes. */
const perMonth = {
  year: new Exact(1).div(12),
  month: new Exact(1),
  week: new Exact(365).div(84),
  day: new Exact(365).div(12),
};

export interface SubscriptionMrr {
  /** Decimal string in USD, at most 18 decimals; null: it cannot be told. */
  mrrUsd: string | null;
  /** Sentences: what is not in it, and why. */
  notes: string[];
  /** Whether it brings in, or would bring in, something every month. */
  counts: boolean;
}

const none = (note: string): SubscriptionMrr => ({ mrrUsd: "0", notes: [note], counts: false });
const dayText = (at: Date) => at.toISOString().slice(0, 10);

/**
 * What a subscription brings in a month: Σ unit amount × quantity ÷ interval count × times that the interval comes in a month,
 * less discounts that last (of items first, then of the whole; per cent one after the other, amounts per invoice). What
 * depends on usage or on tiers is no recurring revenue; nothing is converted from other currencies.
 */
export function subscriptionMrr(subscription: ProviderSubscription, now: Date): SubscriptionMrr {
  const { id, status, currency, items, endsAt } = subscription;
  if (status === "ended") return none(`${id} has ended${endsAt ? ` on ${dayText(endsAt)}` : ""}.`);
  if (status === "trialing") return none(`${id} is on trial and brings in nothing yet.`);
  if (status === "unpaid") return none(`${id} is unpaid: Stripe has given up collecting.`);
  if (status === "off") return none(`${id} is not collected now.`);
  const notes: string[] = [];
  if (status === "past_due") notes.push(`${id} is past due, and counted.`);
  if (endsAt) notes.push(`${id} ends on ${dayText(endsAt)}, and is counted until then.`);
  const unknown = (note: string) => ({ mrrUsd: null, notes: [...notes, note], counts: true });
  const fixed = items.filter(({ price }) => price === "fixed");
  if (items.some(({ price }) => price === "usage"))
    notes.push(`${id} also bills usage, which is no recurring revenue.`);
  if (items.some(({ price }) => price === "tiers"))
    notes.push(`${id} also bills by tiers, which is no recurring revenue.`);
  // What only usage decides is not nothing: nobody knows it.
  if (fixed.length === 0) return unknown(`${id} has no fixed price.`);
  if (currency !== "usd")
    return unknown(`${id} is in ${currency.toUpperCase()}, which is not converted to USD.`);

  const whole = lasting(subscription.discounts, id, now, notes);
  const amountsOff = [...whole, ...fixed.flatMap(({ discounts }) => discounts)].filter(
    ({ amountOff }) => amountOff !== null,
  );
  if (amountsOff.some((one) => one.currency !== "usd"))
    return unknown(`${id} has a discount in another currency than USD.`);
  const intervals = new Set(fixed.map(({ every }) => `${String(every.count)} ${every.unit}`));
  if (intervals.size > 1 && whole.some(({ amountOff }) => amountOff !== null))
    return unknown(`${id} bills at several intervals with an amount off each invoice.`);
  const lines = fixed.map((item) => {
    const own = lasting(item.discounts, id, now, notes);
    return { item, amount: reduce([{ item, amount: amountOf(item) }], own)[0]?.amount ?? new Exact(0) };
  });
  const cents = reduce(lines, whole).reduce((sum, { item: { every }, amount }) => sum.plus(amount.div(every.count).times(perMonth[every.unit])), new Exact(0)); // prettier-ignore
  return { mrrUsd: cents.div(100).toDecimalPlaces(18).toFixed(), notes: [...new Set(notes)], counts: true };
}

/** Of one invoice of the item's own interval. */
function amountOf({ unitAmount, quantity, pack }: SubscriptionItem): Exact {
  const bought = new Exact(quantity);
  const sold = pack
    ? bought.div(pack.of).toDecimalPlaces(0, pack.round === "up" ? Decimal.ROUND_UP : Decimal.ROUND_DOWN)
    : bought;
  return sold.times(unitAmount ?? 0);
}

/** Discounts that come off every invoice now; those that do not are told. */
function lasting(
  discounts: readonly SubscriptionDiscount[],
  id: string,
  now: Date,
  notes: string[],
): SubscriptionDiscount[] {
  return discounts.filter(({ lasts, startsAt, endsAt }) => {
    if (startsAt > now || (endsAt && endsAt <= now)) return false;
    if (lasts === "once") notes.push(`${id} has a discount of a single invoice, which is not taken off.`);
    if (lasts === "repeating" && endsAt) notes.push(`${id} has a discount until ${dayText(endsAt)}.`);
    return lasts !== "once";
  });
}

interface Line {
  item: SubscriptionItem;
  amount: Exact;
}

/** Amounts are taken off lines in proportion, and never more than there is. */
function reduce(lines: readonly Line[], discounts: readonly SubscriptionDiscount[]): Line[] {
  return discounts.reduce<Line[]>(
    (left, { percentOff, amountOff, products }) => {
      const isMeant = ({ item }: Line) => products === null || products.includes(item.productId);
      const sum = left.filter(isMeant).reduce((total, { amount }) => total.plus(amount), new Exact(0));
      if (sum.isZero()) return left;
      const off =
        percentOff !== null ? sum.times(percentOff).div(100) : Decimal.min(sum, new Exact(amountOff ?? 0));
      const kept = new Exact(1).minus(new Exact(off).div(sum));
      return left.map((line) => (isMeant(line) ? { ...line, amount: line.amount.times(kept) } : line));
    },
    [...lines],
  );
}
