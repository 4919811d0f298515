import { describe, expect, it } from "vitest";
import { accountRevenue } from "./account-revenue";
import type { ProviderSubscription, SubscriptionDiscount, SubscriptionItem } from "./port";
import { subscriptionMrr } from "./subscription-mrr";

const now = new Date("2026-11-20T12:00:00Z");
const item = (more: Partial<SubscriptionItem> = {}): SubscriptionItem => ({
  price: "fixed",
  productId: "prod_1",
  unitAmount: "1000",
  quantity: 1,
  pack: null,
  every: { unit: "month", count: 1 },
  discounts: [],
  ...more,
});
const off = (more: Partial<SubscriptionDiscount>): SubscriptionDiscount => ({
  percentOff: null,
  amountOff: null,
  currency: "usd",
  lasts: "forever",
  startsAt: new Date("2026-01-01T00:00:00Z"),
  endsAt: null,
  products: null,
  ...more,
});
const subscription = (more: Partial<ProviderSubscription> = {}): ProviderSubscription => ({
  id: "sub_1",
  customerId: "cus_1",
  currency: "usd",
  status: "paying",
  startedAt: new Date("2026-03-01T00:00:00Z"),
  endsAt: null,
  items: [item()],
  discounts: [],
  ...more,
});

describe("what a subscription brings in a month", () => {
  it.each<[string, Partial<ProviderSubscription>, string | null, RegExp | null]>([
    ["a month", {}, "10", null],
    ["a quarter", { items: [item({ every: { unit: "month", count: 3 } })] }, "3.333333333333333333", null],
    ["a year", { items: [item({ unitAmount: "12000", every: { unit: "year", count: 1 } })] }, "10", null],
    ["two years", { items: [item({ unitAmount: "24000", every: { unit: "year", count: 2 } })] }, "10", null],
    ["a week: 365 ÷ 84 times a month", { items: [item({ unitAmount: "8400", every: { unit: "week", count: 1 } })] }, "365", null],
    ["two weeks", { items: [item({ unitAmount: "8400", every: { unit: "week", count: 2 } })] }, "182.5", null],
    ["a day: 365 ÷ 12 times a month", { items: [item({ unitAmount: "12", every: { unit: "day", count: 1 } })] }, "3.65", null],
    ["seats", { items: [item({ quantity: 7 })] }, "70", null],
    ["nobody's seats", { items: [item({ quantity: 0 })] }, "0", null],
    ["fractions of a cent", { items: [item({ unitAmount: "0.000000000001", quantity: 3 })] }, "0.00000000000003", null],
    ["packs, rounded up", { items: [item({ quantity: 11, pack: { of: 10, round: "up" } })] }, "20", null],
    ["packs, rounded down", { items: [item({ quantity: 19, pack: { of: 10, round: "down" } })] }, "10", null],
    ["several items at several intervals", { items: [item(), item({ unitAmount: "24000", every: { unit: "year", count: 1 } })] }, "30", null],
    ["a per cent off", { discounts: [off({ percentOff: "25" })] }, "7.5", null],
    ["per cents one after the other", { discounts: [off({ percentOff: "50" }), off({ percentOff: "50" })] }, "2.5", null],
    ["an amount off each invoice, which comes once a year", { items: [item({ unitAmount: "12000", every: { unit: "year", count: 1 } })], discounts: [off({ amountOff: "6000" })] }, "5", null],
    ["more off than there is", { discounts: [off({ amountOff: "99999" })] }, "0", null],
    ["an item's before the whole's", { items: [item({ discounts: [off({ amountOff: "200" })] })], discounts: [off({ percentOff: "50" })] }, "4", null],
    ["off one product alone", { items: [item(), item({ productId: "prod_2" })], discounts: [off({ percentOff: "100", products: ["prod_2"] })] }, "10", null],
    ["off a single invoice: not taken off", { discounts: [off({ percentOff: "50", lasts: "once" })] }, "10", /single invoice/],
    ["off for some months, still", { discounts: [off({ percentOff: "50", lasts: "repeating", endsAt: new Date("2026-12-01T00:00:00Z") })] }, "5", /until 2026-12-01/],
    ["off for some months, over", { discounts: [off({ percentOff: "50", lasts: "repeating", endsAt: now })] }, "10", null],
    ["off from later on", { discounts: [off({ percentOff: "50", startsAt: new Date("2026-12-01T00:00:00Z") })] }, "10", null],
    ["an amount in another currency off", { discounts: [off({ amountOff: "100", currency: "eur" })] }, null, /another currency/],
    ["an amount off several intervals", { items: [item(), item({ every: { unit: "year", count: 1 } })], discounts: [off({ amountOff: "1" })] }, null, /several intervals/],
    ["usage beside a fixed price", { items: [item(), item({ price: "usage", unitAmount: null })] }, "10", /bills usage/],
    ["usage alone: nobody knows", { items: [item({ price: "usage", unitAmount: null })] }, null, /no fixed price/],
    ["tiers beside a fixed price", { items: [item(), item({ price: "tiers", unitAmount: null })] }, "10", /by tiers/],
    ["another currency", { currency: "eur" }, null, /EUR, which is not converted/],
    ["on trial", { status: "trialing" }, "0", /on trial/],
    ["past due", { status: "past_due" }, "10", /past due, and counted/],
    ["unpaid", { status: "unpaid" }, "0", /unpaid/],
    ["not begun, or paused", { status: "off" }, "0", /not collected/],
    ["ended", { status: "ended", endsAt: new Date("2026-10-05T00:00:00Z") }, "0", /ended on 2026-10-05/],
    ["about to end", { endsAt: new Date("2026-12-31T00:00:00Z") }, "10", /until then/],
  ])("%s", (_, more, mrrUsd, note) => {
    const told = subscriptionMrr(subscription(more), now);
    expect(told.mrrUsd).toBe(mrrUsd);
    if (note) expect(told.notes.join(" ")).toMatch(note);
    else expect(told.notes).toEqual([]);
  }); // prettier-ignore
});

describe("what accounts pay a month", () => {
  const mapping = (accountId: string, customerId: string) => ({ accountId, customerId });
  const of = (customerId: string, more: Partial<ProviderSubscription> = {}) => subscription({ id: `sub_${customerId}`, customerId, ...more }); // prettier-ignore

  it("adds a customer's subscriptions, from when the first that counts began", () => {
    const later = new Date("2026-06-01T00:00:00Z");
    const { accounts } = accountRevenue([mapping("acme", "cus_a")], [of("cus_a"), of("cus_a", { startedAt: later }), of("cus_a", { status: "trialing" })], now); // prettier-ignore
    expect(accounts).toMatchObject([{ accountId: "acme", mrrUsd: "20", subscriptions: 2, trialing: 1, paidSince: new Date("2026-03-01T00:00:00Z") }]); // prettier-ignore
  });

  it("leaves the whole untold where a part is, and says nothing of who has no subscription", () => {
    const { accounts } = accountRevenue([mapping("acme", "cus_a"), mapping("beta", "cus_b")], [of("cus_a"), of("cus_a", { currency: "eur" })], now); // prettier-ignore
    expect(accounts).toMatchObject([{ accountId: "acme", mrrUsd: null, subscriptions: 2 }]);
  });

  it("knows that nothing is paid where everything has ended", () => {
    const { accounts } = accountRevenue([mapping("acme", "cus_a")], [of("cus_a", { status: "ended" })], now);
    expect(accounts).toMatchObject([{ mrrUsd: "0", subscriptions: 0, paidSince: null }]);
  });

  it("does not count a customer twice whom two accounts are billed to, and tells of those whom nobody is", () => {
    const { accounts, strangers } = accountRevenue([mapping("a", "cus_a"), mapping("b", "cus_a")], [of("cus_a"), of("cus_x"), of("cus_y", { currency: "eur" }), of("cus_z", { status: "ended" })], now); // prettier-ignore
    expect(accounts.map(({ mrrUsd }) => mrrUsd)).toEqual([null, null]);
    expect(strangers).toEqual({ customers: 2, mrrUsd: "10" });
  });
});
