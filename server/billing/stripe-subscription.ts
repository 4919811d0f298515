import type Stripe from "stripe";
import type { ProviderSubscription, SubscriptionDiscount, SubscriptionItem } from "./port";

const instant = (unix: number) => new Date(unix * 1_000);
const idOf = (one: string | { id: string }) => (typeof one === "string" ? one : one.id);
/** More than this is not read in part. */
export const mostSubscriptions = 20_000;

const statuses: Record<string, ProviderSubscription["status"]> = {
  active: "paying",
  past_due: "past_due",
  trialing: "trialing",
  unpaid: "unpaid",
  canceled: "ended",
  incomplete_expired: "ended",
};
const durations: Record<string, SubscriptionDiscount["lasts"]> = { once: "once", repeating: "repeating" };
const units = new Set<string>(["day", "week", "month", "year"]);

/** Every subscription of the account, with what is taken off it; null: there are too many to read. */
export async function readSubscriptions(stripe: Stripe): Promise<ProviderSubscription[] | null> {
  const found: Stripe.Subscription[] = [];
  const pages = stripe.subscriptions.list({
    status: "all",
    limit: 100,
    // Stripe expands four levels and no more; what coupons say is asked for one by one.
    expand: ["data.customer", "data.discounts", "data.items.data.discounts"],
  });
  for await (const one of pages) {
    if (found.length === mostSubscriptions) return null;
    found.push(one);
  }
  const coupons = new Map<string, Stripe.Coupon>();
  const discountOf = async (given: string | Stripe.Discount): Promise<SubscriptionDiscount | null> => {
    const coupon = typeof given === "string" ? null : given.source.coupon;
    if (typeof given === "string" || coupon === null) return null;
    const couponId = idOf(coupon);
    const known =
      coupons.get(couponId) ?? (await stripe.coupons.retrieve(couponId, { expand: ["applies_to"] }));
    coupons.set(couponId, known);
    return {
      percentOff: known.percent_off === null ? null : String(known.percent_off),
      amountOff: known.amount_off === null ? null : String(known.amount_off),
      currency: known.currency,
      lasts: durations[known.duration] ?? "forever",
      startsAt: instant(given.start),
      endsAt: given.end === null ? null : instant(given.end),
      products: known.applies_to?.products ?? null,
    };
  };
  const discountsOf = async (given: readonly (string | Stripe.Discount)[]) => {
    const all: SubscriptionDiscount[] = [];
    for (const one of given) all.push(...[(await discountOf(one)) ?? []].flat());
    return all;
  };
  const subscriptions: ProviderSubscription[] = [];
  for (const one of found) {
    if (one.items.has_more) one.items.data = await itemsOf(stripe, one.id);
    const { customer } = one;
    const own = one.discounts.length > 0 || typeof customer === "string" || "deleted" in customer ? one.discounts : [customer.discount ?? []].flat(); // prettier-ignore
    const items: SubscriptionItem[] = [];
    for (const item of one.items.data) items.push(itemOf(item, await discountsOf(item.discounts)));
    const endsAt = one.ended_at ?? one.cancel_at;
    subscriptions.push({
      id: one.id,
      customerId: idOf(customer),
      currency: one.currency,
      status: one.pause_collection ? "off" : (statuses[one.status] ?? "off"),
      startedAt: instant(one.start_date),
      endsAt: endsAt === null ? null : instant(endsAt),
      items,
      discounts: await discountsOf(own),
    });
  }
  return subscriptions;
}

const itemsOf = (stripe: Stripe, subscription: string) =>
  stripe.subscriptionItems
    .list({ subscription, limit: 100, expand: ["data.discounts"] })
    .autoPagingToArray({ limit: 1_000 });

function itemOf(
  { price, quantity }: Stripe.SubscriptionItem,
  discounts: SubscriptionDiscount[],
): SubscriptionItem {
  const { recurring, transform_quantity: pack } = price;
  const unit = recurring?.interval ?? "";
  const amount =
    price.unit_amount_decimal?.toString() ?? (price.unit_amount === null ? null : String(price.unit_amount));
  const isFixed = recurring?.usage_type === "licensed" && price.billing_scheme === "per_unit" && amount !== null && units.has(unit); // prettier-ignore
  return {
    price: isFixed ? "fixed" : recurring?.usage_type === "metered" ? "usage" : "tiers",
    productId: idOf(price.product),
    unitAmount: isFixed ? amount : null,
    quantity: quantity ?? 1,
    pack: pack ? { of: pack.divide_by, round: pack.round === "up" ? "up" : "down" } : null,
    every: {
      unit: isFixed ? (unit as SubscriptionItem["every"]["unit"]) : "month",
      count: recurring?.interval_count ?? 1,
    },
    discounts,
  };
}
