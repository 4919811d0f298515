/**
 * What a billing provider can do for us. Values are whole numbers, instants are real. Whatever is not a put throws an
 * OutboundFailure when the provider does not answer as it should.
 */
export interface BillingProvider {
  readAccount(): Promise<{ id: string; name: string }>;
  listMeters(): Promise<ProviderMeter[]>;
  listCustomers(): Promise<{ customers: ProviderCustomer[]; complete: boolean }>;
  /** All of them, ended ones too. */
  listSubscriptions(): Promise<ProviderSubscription[]>;
  putUsage(usage: UsagePut): Promise<PutOutcome>;
  /** What the provider has added up for a customer so far. It lags behind what it was sent; hours or days without are left out. */
  readSums(question: SumsQuestion): Promise<ProviderSum[]>;
  /** Lines that bill a meter, of invoices whose period touches [from, to). */
  listInvoiceLines(question: { customerId: string; from: Date; to: Date }): Promise<ProviderInvoiceLine[]>;
  /** A notification as the provider has it now; null: it knows of none. */
  readNotification(eventId: string): Promise<ProviderNotification | null>;
}

export interface ProviderMeter {
  id: string;
  eventName: string;
  name: string;
  active: boolean;
  /** Adds up every value that it is sent: no window in which the last one wins, no count, no last. */
  isSum: boolean;
  customerKey: string;
  valueKey: string;
}

export interface ProviderCustomer {
  id: string;
  name: string;
  email: string | null;
  /** Ids of ours that somebody wrote into its metadata. */
  hints: string[];
}

export interface ProviderSubscription {
  id: string;
  customerId: string;
  /** Three lower-case letters. */
  currency: string;
  /** `off`: not begun, or nothing is collected. */
  status: "paying" | "past_due" | "trialing" | "unpaid" | "off" | "ended";
  startedAt: Date;
  /** When it ends, or ended, as far as somebody has said. */
  endsAt: Date | null;
  items: SubscriptionItem[];
  /** Of the subscription, or where it has none of the customer; those of its items come first. */
  discounts: SubscriptionDiscount[];
}

export interface SubscriptionItem {
  /** `usage` depends on what is used, `tiers` on how much of it is bought. */
  price: "fixed" | "usage" | "tiers";
  productId: string;
  /** A decimal in the smallest unit of the currency, for one; null unless the price is fixed. */
  unitAmount: string | null;
  quantity: number;
  /** So many are sold as one, rounded so. */
  pack: { of: number; round: "up" | "down" } | null;
  every: { unit: "day" | "week" | "month" | "year"; count: number };
  discounts: SubscriptionDiscount[];
}

export interface SubscriptionDiscount {
  /** A decimal; one of the two is set. */
  percentOff: string | null;
  /** In the smallest unit of the currency, off each invoice. */
  amountOff: string | null;
  currency: string | null;
  lasts: "once" | "forever" | "repeating";
  startsAt: Date;
  endsAt: Date | null;
  /** Null: of all products. */
  products: string[] | null;
}

export interface UsagePut {
  eventName: string;
  customerKey: string;
  valueKey: string;
  customerId: string;
  value: bigint;
  identifier: string;
  at: Date;
  /** Of this try alone: the provider answers a repeat of the same request with the same answer, errors too. */
  requestKey: string;
}

export type PutOutcome =
  | { what: "accepted" }
  /** It already has an event with this identifier, which is ours alone: so it was delivered before. */
  | { what: "duplicate" }
  /** Not taken, for certain, and worth another try. Null: it did not say how long to wait. */
  | { what: "later"; failure: string; waitSeconds: number | null }
  /** Not taken, for certain: it does not want to know us any more. */
  | { what: "denied"; failure: string }
  /** Perhaps taken. */
  | { what: "unsure"; failure: string }
  /** Not taken, and never will be as it is. */
  | { what: "refused"; code: string; failure: string };

export interface SumsQuestion {
  meterId: string;
  customerId: string;
  from: Date;
  to: Date;
  by: "hour" | "day";
}

export interface ProviderSum {
  start: Date;
  /** Anything but a whole number is rounded away from zero, so that it differs from what was sent. */
  value: bigint;
}

export interface ProviderInvoiceLine {
  invoiceId: string;
  customerId: string;
  meterId: string;
  from: Date;
  to: Date;
  quantity: string;
  /** In the smallest unit of the currency. */
  unitAmount: string | null;
  amount: string;
  /** Usage that comes now is in no invoice of this period any more. */
  isFinal: boolean;
}

export type ProviderNotification = { kind: "refusals"; refusals: Refusals } | { kind: "other"; type: string };

/** What the provider refused after it had accepted it: counts of all, examples of some. */
export interface Refusals {
  summary: string;
  /** The meter; null: it found none for what it was sent. */
  meterId: string | null;
  errors: { code: string; count: number; samples: { identifier: string; message: string }[] }[];
}
