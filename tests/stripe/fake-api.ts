import { type FakeAccount, type FakeDiscount, type FakeMeter, sumOf } from "./fake-account";
import { type Answer, cancelMeterEvent, refusal, takeMeterEvent } from "./fake-meter-events";

const list = (url: string, data: unknown[], hasMore = false): Answer => ({
  status: 200,
  body: { object: "list", url, has_more: hasMore, data },
});

function page<T extends { id: string }>(
  all: readonly T[],
  query: Record<string, string>,
): { data: T[]; hasMore: boolean } {
  const limit = Number(query.limit ?? 10);
  const from =
    query.starting_after === undefined ? 0 : all.findIndex(({ id }) => id === query.starting_after) + 1;
  return { data: all.slice(from, from + limit), hasMore: from + limit < all.length };
}

function meterObject(account: FakeAccount, meter: FakeMeter): unknown {
  return {
    id: meter.id,
    object: "billing.meter",
    created: 1,
    updated: 1,
    customer_mapping: { event_payload_key: meter.customerKey, type: "by_id" },
    default_aggregation: { formula: meter.formula },
    display_name: meter.display_name,
    event_name: meter.event_name,
    event_time_window: meter.window,
    livemode: account.mode === "live",
    status: meter.status,
    status_transitions: { deactivated_at: null },
    value_settings: { event_payload_key: meter.valueKey },
  };
}

function summaries(account: FakeAccount, meter: FakeMeter, query: Record<string, string>): Answer {
  const { customer = "", start_time: start, end_time: end, value_grouping_window: window } = query;
  const [from, to] = [Number(start), Number(end)];
  const size = window === "hour" ? 3_600 : window === "day" ? 86_400 : to - from;
  const align = window === undefined ? 60 : size;
  if (
    !Number.isInteger(from) ||
    !Number.isInteger(to) ||
    from % align !== 0 ||
    to % align !== 0 ||
    to <= from
  )
    return refusal(400, `start_time and end_time must be aligned with ${window ?? "minute"} boundaries.`);
  if (!account.customers.some(({ id }) => id === customer))
    return refusal(404, `No such customer: '${customer}'`, { code: "resource_missing", param: "customer" });
  const rows: { id: string }[] = [];
  for (let at = from; at < to; at += size) {
    const value = sumOf(account, meter, customer, at, at + size);
    if (value === null) continue;
    const id = `mtrusg_${meter.id}_${customer}_${String(at)}`;
    rows.push({ id, object: "billing.meter_event_summary", aggregated_value: value, start_time: at, end_time: at + size, livemode: account.mode === "live", meter: meter.id } as { id: string }); // prettier-ignore
  }
  const { data, hasMore } = page(rows, query);
  return list(`/v1/billing/meters/${meter.id}/event_summaries`, data, hasMore);
}

const customerObject = (account: FakeAccount, { id, name, email = null, discount, metadata }: FakeAccount["customers"][number]) => ({ id, object: "customer", name, email, discount: discount ? discountObject(discount) : null, metadata, livemode: account.mode === "live" }); // prettier-ignore

function invoiceObject(
  account: FakeAccount,
  { id, customer, status, created }: FakeAccount["invoices"][number],
) {
  return { id, object: "invoice", customer, status, created, livemode: account.mode === "live" };
}

function linesOf(account: FakeAccount, id: string, query: Record<string, string>): Answer {
  const invoice = account.invoices.find((one) => one.id === id);
  if (!invoice) return refusal(404, `No such invoice: '${id}'`, { code: "resource_missing" });
  const { data, hasMore } = page(invoice.lines, query);
  const objects = data.map((line) => ({
    id: line.id,
    object: "line_item",
    amount: line.amount,
    quantity: Math.trunc(Number(line.quantity)),
    quantity_decimal: line.quantity,
    period: { start: line.from, end: line.to },
    pricing: { type: "price_details", price_details: { price: line.price, product: "prod_1" }, unit_amount_decimal: line.unit_amount },
    parent: { type: "subscription_item_details" },
  })); // prettier-ignore
  return list(`/v1/invoices/${id}/lines`, objects, hasMore);
}

function reportObject(account: FakeAccount, id: string): Answer {
  const report = account.reports.find((one) => one.id === id);
  if (!report) return { status: 404, body: { error: { type: "invalid_request_error", code: "not_found", message: `No such event: ${id}` } } }; // prettier-ignore
  return {
    status: 200,
    body: {
      id,
      object: "v2.core.event",
      type: report.type,
      created: report.created,
      livemode: account.mode === "live",
      ...(report.meter !== null && {
        related_object: {
          id: report.meter,
          type: "billing.meter",
          url: `/v1/billing/meters/${report.meter}`,
        },
      }),
      data: {
        developer_message_summary: "There are invalid usage events.",
        validation_start: report.created,
        validation_end: report.created,
        reason: {
          error_count: report.errors.reduce((total, { count }) => total + count, 0),
          error_types: report.errors.map(({ code, count, samples }) => ({
            code,
            error_count: count,
            sample_errors: samples.map(({ identifier, message }) => ({
              error_message: message,
              request: { identifier },
            })),
          })),
        },
      },
    },
  };
}

/** As Stripe does, the coupon of a discount is its id: four levels are expanded and no more. */
const discountObject = ({ coupon, start, end }: FakeDiscount) => ({ id: `di_${coupon}`, object: "discount", start, end, source: { type: "coupon", coupon } }); // prettier-ignore

function subscriptionObject(account: FakeAccount, one: FakeAccount["subscriptions"][number]) {
  const customer = account.customers.find(({ id }) => id === one.customer);
  const recurring = { interval: one.interval, interval_count: one.intervalCount ?? 1, usage_type: one.usageType ?? "licensed", meter: null }; // prettier-ignore
  const price = { id: "price_flat", object: "price", product: "prod_1", billing_scheme: "per_unit", unit_amount: one.amount, unit_amount_decimal: String(one.amount), transform_quantity: null, recurring }; // prettier-ignore
  const item = { id: `si_${one.id}`, object: "subscription_item", price, quantity: one.quantity ?? 1, discounts: (one.itemDiscounts ?? []).map(discountObject) }; // prettier-ignore
  return {
    id: one.id,
    object: "subscription",
    customer: customer
      ? customerObject(account, customer)
      : { id: one.customer, object: "customer", deleted: true },
    created: one.created,
    start_date: one.created,
    ended_at: one.endedAt ?? null,
    cancel_at: null,
    pause_collection: null,
    currency: one.currency ?? "usd",
    status: one.status ?? "active",
    livemode: account.mode === "live",
    discounts: (one.discounts ?? []).map(discountObject),
    items: { object: "list", has_more: false, data: [item] },
  };
}

/** What Stripe answers, once no fault is in the way. */
export function answerApi(
  account: FakeAccount,
  method: string,
  path: string,
  query: Record<string, string>,
  body: Record<string, string>,
): Answer {
  const meter = account.meters.find(({ id }) => path.startsWith(`/v1/billing/meters/${id}`));
  const invoice = /^\/v1\/invoices\/(\w+)\/lines$/.exec(path)?.[1];
  const price = account.prices.find(({ id }) => path === `/v1/prices/${id}`);
  const event = /^\/v2\/core\/events\/(\w+)$/.exec(path)?.[1];
  if (method === "POST" && path === "/v1/billing/meter_events") return takeMeterEvent(account, body);
  if (method === "POST" && path === "/v1/billing/meter_event_adjustments")
    return cancelMeterEvent(account, body);
  if (method !== "GET") return refusal(404, `Unrecognized request URL (${method}: ${path}).`);
  if (path === "/v1/account")
    return { status: 200, body: { id: `acct_${account.name}`, object: "account", settings: { dashboard: { display_name: account.name } } } }; // prettier-ignore
  if (path === "/v1/billing/meters") {
    const { data, hasMore } = page(account.meters, query);
    return list(path, data.map((one) => meterObject(account, one)), hasMore); // prettier-ignore
  }
  if (meter && path.endsWith("/event_summaries")) return summaries(account, meter, query);
  if (path === "/v1/customers") {
    const { data, hasMore } = page(account.customers, query);
    return list(path, data.map((one) => customerObject(account, one)), hasMore); // prettier-ignore
  }
  if (path === "/v1/subscriptions") {
    const shown = account.subscriptions.filter(
      ({ status }) => query.status === "all" || status !== "canceled",
    );
    const { data, hasMore } = page(shown, query);
    return list(path, data.map((one) => subscriptionObject(account, one)), hasMore); // prettier-ignore
  }
  const coupon = account.coupons.find(({ id }) => path === `/v1/coupons/${id}`);
  if (coupon) return { status: 200, body: { ...coupon, object: "coupon", valid: true } };
  if (path === "/v1/invoices") {
    const mine = account.invoices.filter(
      (one) => query.customer === undefined || one.customer === query.customer,
    );
    const { data, hasMore } = page(mine, query);
    return list(path, data.map((one) => invoiceObject(account, one)), hasMore); // prettier-ignore
  }
  if (invoice !== undefined) return linesOf(account, invoice, query);
  if (price) return { status: 200, body: { id: price.id, object: "price", recurring: { meter: price.meter, interval: "month", usage_type: "metered" } } }; // prettier-ignore
  if (event !== undefined) return reportObject(account, event);
  return refusal(404, `Unrecognized request URL (GET: ${path}).`, { code: "resource_missing" });
}
