import type Stripe from "stripe";
import { OutboundFailure } from "@/server/clients/outbound-failure";
import { asStripeFailure, stripeFor } from "@/server/clients/stripe";
import type { BillingProvider, ProviderInvoiceLine, ProviderMeter } from "./port";
import { putOutcome } from "./stripe-outcome";
import { readMeterNotification } from "./stripe-notification";
import { mostSubscriptions, readSubscriptions } from "./stripe-subscription";

/** Customers that are listed for people to choose from. */
const mostCustomers = 2_000;
const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);
const instant = (unix: number) => new Date(unix * 1_000);
const dayMs = 86_400_000;

/**
 * Stripe's meters behind the port, by the key of a tenant.
 * @param clock for how long Stripe asks us to wait
 */
export function stripeProvider(apiKey: string, clock: () => Date): BillingProvider {
  const stripe = stripeFor(apiKey);
  const asked = async <T>(question: () => Promise<T>): Promise<T> => {
    try {
      return await question();
    } catch (error) {
      throw asStripeFailure(error, clock());
    }
  };
  return {
    readAccount: () =>
      asked(async () => {
        const { id, settings, business_profile: profile } = await stripe.accounts.retrieveCurrent();
        return { id, name: settings?.dashboard.display_name ?? profile?.name ?? id };
      }),
    listMeters: () =>
      asked(async () =>
        (await stripe.billing.meters.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 })).map(meterOf),
      ),
    listCustomers: () =>
      asked(async () => {
        const found = await stripe.customers.list({ limit: 100 }).autoPagingToArray({ limit: mostCustomers });
        const customers = found.map(({ id, name, email, metadata }) => ({
          id,
          name: name ?? email ?? id,
          email,
          hints: Object.values(metadata),
        }));
        return { customers, complete: found.length < mostCustomers };
      }),
    listSubscriptions: () =>
      asked(async () => {
        const found = await readSubscriptions(stripe);
        if (found) return found;
        const most = mostSubscriptions.toLocaleString("en-US");
        throw new OutboundFailure(
          "refused",
          `Stripe has more than ${most} subscriptions, which are not read in part.`,
        );
      }),
    putUsage: async (usage) => {
      const { customerKey, valueKey, customerId, value } = usage;
      try {
        await stripe.billing.meterEvents.create(
          {
            event_name: usage.eventName,
            identifier: usage.identifier,
            timestamp: seconds(usage.at),
            payload: { [customerKey]: customerId, [valueKey]: value.toString() },
          },
          { idempotencyKey: usage.requestKey },
        );
        return { what: "accepted" };
      } catch (error) {
        return putOutcome(error, clock());
      }
    },
    readSums: ({ meterId, customerId, from, to, by }) =>
      asked(async () => {
        const found = await stripe.billing.meters
          .listEventSummaries(meterId, {
            customer: customerId,
            start_time: seconds(from),
            end_time: seconds(to),
            value_grouping_window: by,
            limit: 100,
          })
          .autoPagingToArray({ limit: 10_000 });
        return found.map(({ start_time: start, aggregated_value: value }) => ({
          start: instant(start),
          value: wholeOf(value),
        }));
      }),
    listInvoiceLines: ({ customerId, from, to }) => asked(() => invoiceLines(stripe, customerId, from, to)),
    readNotification: async (eventId) => {
      try {
        return await readMeterNotification(stripe, eventId);
      } catch (error) {
        const failure = asStripeFailure(error, clock());
        if (failure.fault === "missing") return null;
        throw failure;
      }
    },
  };
}

function meterOf(meter: Stripe.Billing.Meter): ProviderMeter {
  return {
    id: meter.id,
    eventName: meter.event_name,
    name: meter.display_name,
    active: meter.status === "active",
    isSum: meter.default_aggregation.formula === "sum" && meter.event_time_window === null,
    customerKey: meter.customer_mapping.event_payload_key,
    valueKey: meter.value_settings.event_payload_key,
  };
}

/** Stripe's sums are JSON numbers: exact up to 15 digits, which is what a value may have. */
function wholeOf(value: number): bigint {
  return BigInt(value < 0 ? Math.floor(value) : Math.ceil(value));
}

const idOf = (one: string | { id: string }) => (typeof one === "string" ? one : one.id);
async function invoiceLines(
  stripe: Stripe,
  customerId: string,
  from: Date,
  to: Date,
): Promise<ProviderInvoiceLine[]> {
  // An invoice is made at the end of what it bills, drafts included.
  const created = { gte: seconds(from), lt: seconds(new Date(to.getTime() + 40 * dayMs)) };
  const invoices = await stripe.invoices
    .list({ customer: customerId, created, limit: 100 })
    .autoPagingToArray({ limit: 1_000 });
  const meterOfPrice = new Map<string, string | null>();
  const lines: ProviderInvoiceLine[] = [];
  for (const invoice of invoices) {
    if (invoice.status === "void") continue;
    const found = await stripe.invoices
      .listLineItems(invoice.id, { limit: 100 })
      .autoPagingToArray({ limit: 1_000 });
    for (const line of found) {
      const price = line.pricing?.price_details?.price;
      if (price === undefined) continue;
      const priceId = idOf(price);
      if (!meterOfPrice.has(priceId))
        meterOfPrice.set(priceId, (await stripe.prices.retrieve(priceId)).recurring?.meter ?? null);
      const meterId = meterOfPrice.get(priceId) ?? null;
      const period = { from: instant(line.period.start), to: instant(line.period.end) };
      if (meterId === null || period.to <= from || period.from >= to) continue;
      lines.push({
        invoiceId: invoice.id,
        customerId,
        meterId,
        ...period,
        quantity: (line.quantity_decimal ?? line.quantity ?? 0).toString(),
        unitAmount: line.pricing?.unit_amount_decimal?.toString() ?? null,
        amount: String(line.amount),
        isFinal: invoice.status !== "draft",
      });
    }
  }
  return lines;
}
