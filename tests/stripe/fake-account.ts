/** What Stripe holds of one account and mode, as far as usage is concerned (formats 6). Its clock is the test's. */
export interface FakeMeter {
  id: string;
  event_name: string;
  display_name: string;
  formula: "sum" | "count" | "last";
  window: "hour" | "day" | null;
  status: "active" | "inactive";
  customerKey: string;
  valueKey: string;
}
export interface FakeCustomer {
  id: string;
  name: string | null;
  email?: string | null;
  discount?: FakeDiscount;
  metadata: Record<string, string>;
}
export interface TakenEvent {
  identifier: string;
  event_name: string;
  payload: Record<string, string>;
  /** Unix seconds. */
  timestamp: number;
  receivedAt: number;
  cancelled: boolean;
  /** Why the asynchronous check threw it out. */
  error: string | null;
}
export interface FakeLine {
  id: string;
  price: string;
  quantity: string;
  unit_amount: string;
  amount: number;
  from: number;
  to: number;
}
export interface FakeInvoice {
  id: string;
  customer: string;
  status: "draft" | "open" | "paid" | "void";
  created: number;
  lines: FakeLine[];
}
export interface FakeReport {
  id: string;
  type: string;
  created: string;
  meter: string | null;
  errors: { code: string; count: number; samples: { identifier: string; message: string }[] }[];
}
export interface FakeDiscount {
  coupon: string;
  start: number;
  end: number | null;
}
export interface FakeCoupon {
  id: string;
  percent_off: number | null;
  amount_off: number | null;
  currency: string | null;
  duration: "once" | "forever" | "repeating";
}
/** Of one item; its price is made of it. */
export interface FakeSubscription {
  id: string;
  customer: string;
  created: number;
  amount: number;
  interval: "day" | "week" | "month" | "year";
  intervalCount?: number;
  quantity?: number;
  currency?: string;
  status?: string;
  endedAt?: number;
  usageType?: "licensed" | "metered";
  discounts?: FakeDiscount[];
  itemDiscounts?: FakeDiscount[];
}
export type Fault = "drop-before" | "drop-after" | "429" | "500" | "timeout" | "refuse";
export interface HeardCall {
  at: number;
  method: string;
  path: string;
  query: Record<string, string>;
  body: Record<string, string>;
  idempotencyKey: string | null;
  status: number | string;
}

export interface FakeAccount {
  name: string;
  mode: "test" | "live";
  /** Milliseconds, moved by tests alone. */
  now: number;
  /** How long sums lag behind. */
  lagMs: number;
  revoked: boolean;
  meters: FakeMeter[];
  customers: FakeCustomer[];
  events: TakenEvent[];
  invoices: FakeInvoice[];
  prices: { id: string; meter: string }[];
  reports: FakeReport[];
  subscriptions: FakeSubscription[];
  coupons: FakeCoupon[];
  /** Of requests to come whose path begins so. */
  faults: { path: string; fault: Fault; times: number }[];
  answered: Map<string, { body: string; status: number; answer: unknown; at: number }>;
  heard: HeardCall[];
}

export const rememberedMs = 24 * 3_600_000;

export function newAccount(name: string, mode: "test" | "live"): FakeAccount {
  return {
    name,
    mode,
    now: 0,
    lagMs: 0,
    revoked: false,
    meters: [],
    customers: [],
    events: [],
    invoices: [],
    prices: [],
    reports: [],
    subscriptions: [],
    coupons: [],
    faults: [],
    answered: new Map(),
    heard: [],
  };
}

/** What is counted: by the meter's own rule, once the lag has passed. */
export function sumOf(
  account: FakeAccount,
  meter: FakeMeter,
  customer: string,
  from: number,
  to: number,
): number | null {
  const counted = account.events.filter(
    (event) =>
      event.event_name === meter.event_name &&
      event.payload[meter.customerKey] === customer &&
      event.timestamp >= from &&
      event.timestamp < to &&
      !event.cancelled &&
      event.error === null &&
      event.receivedAt + account.lagMs <= account.now,
  );
  if (counted.length === 0) return null;
  const values = counted.map((event) => Number(event.payload[meter.valueKey]));
  if (meter.formula === "count") return values.length;
  if (meter.formula === "last") return values.at(-1) ?? 0;
  if (meter.window === null) return values.reduce((total, value) => total + value, 0);
  // Pre-aggregated: the last one written in each hour or day stands.
  const size = meter.window === "hour" ? 3_600 : 86_400;
  const last = new Map(counted.map((event, at) => [Math.floor(event.timestamp / size), values[at] ?? 0]));
  return [...last.values()].reduce((total, value) => total + value, 0);
}
