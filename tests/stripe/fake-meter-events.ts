import { type FakeAccount, rememberedMs, type TakenEvent } from "./fake-account";

export interface Answer {
  status: number;
  body: unknown;
}
export const refusal = (status: number, message: string, more: Record<string, string> = {}): Answer => ({
  status,
  body: { error: { type: "invalid_request_error", message, ...more } },
});

const oldestSeconds = 35 * 86_400;
const mostAheadSeconds = 300;

/** `payload[stripe_customer_id]` and the like, as one record. */
export function nested(body: Record<string, string>, name: string): Record<string, string> {
  const prefix = `${name}[`;
  return Object.fromEntries(
    Object.entries(body)
      .filter(([key]) => key.startsWith(prefix) && key.endsWith("]"))
      .map(([key, value]) => [key.slice(prefix.length, -1), value]),
  );
}

/** POST /v1/billing/meter_events: what is wrong with the event itself is said at once, what it refers to is checked later. */
export function takeMeterEvent(account: FakeAccount, body: Record<string, string>): Answer {
  const payload = nested(body, "payload");
  const { event_name: eventName, identifier = `auto-${String(account.events.length)}` } = body;
  if (!eventName) return refusal(400, "Missing required param: event_name.", { param: "event_name" });
  if (identifier.length > 100)
    return refusal(400, "Invalid string: identifier must be at most 100 characters");
  const seconds = Math.floor(account.now / 1_000);
  const timestamp = body.timestamp === undefined ? seconds : Number(body.timestamp);
  if (!Number.isInteger(timestamp)) return refusal(400, "Invalid integer: timestamp", { param: "timestamp" });
  if (timestamp < seconds - oldestSeconds)
    return refusal(400, "The timestamp must be within the past 35 calendar days.", {
      code: "timestamp_too_far_in_past",
    });
  if (timestamp > seconds + mostAheadSeconds)
    return refusal(400, "The timestamp must be at most 5 minutes in the future.", {
      code: "timestamp_in_future",
    });
  const meter = account.meters.find(({ event_name: name }) => name === eventName);
  const value = payload[meter?.valueKey ?? "value"];
  if (value === undefined || !/^-?\d+(\.\d{1,12})?$/.test(value))
    return refusal(400, "The value must be a number with at most 12 decimal places.", {
      code: "meter_event_invalid_value",
    });
  if (value.replace(/[-.]/g, "").replace(/^0+/, "").length > 15)
    return refusal(400, "The value has more than 15 significant digits.", {
      code: "meter_event_value_too_many_digits",
    });
  const isKnown = account.events.some(
    (event) => event.identifier === identifier && account.now - event.receivedAt < rememberedMs,
  );
  // No code: only the words tell.
  if (isKnown) return refusal(400, `An event already exists with identifier ${identifier}.`);
  const customer = payload[meter?.customerKey ?? "stripe_customer_id"];
  const event: TakenEvent = { identifier, event_name: eventName, payload, timestamp, receivedAt: account.now, cancelled: false, error: null }; // prettier-ignore
  if (!meter) event.error = "no_meter";
  else if (meter.status === "inactive") event.error = "archived_meter";
  else if (customer === undefined) event.error = "meter_event_no_customer_defined";
  else if (!account.customers.some(({ id }) => id === customer))
    event.error = "meter_event_customer_not_found";
  account.events.push(event);
  return {
    status: 200,
    body: {
      object: "billing.meter_event",
      created: seconds,
      event_name: eventName,
      identifier,
      livemode: account.mode === "live",
      payload,
      timestamp,
    },
  };
}

/** POST /v1/billing/meter_event_adjustments. */
export function cancelMeterEvent(account: FakeAccount, body: Record<string, string>): Answer {
  const { identifier } = nested(body, "cancel");
  const event = account.events.find(
    (one) => one.identifier === identifier && one.event_name === body.event_name,
  );
  if (!event) return refusal(404, `No such meter event: ${identifier ?? ""}`, { code: "resource_missing" });
  if (account.now - event.receivedAt > rememberedMs)
    return refusal(400, "Events can only be cancelled within 24 hours of when Stripe received them.");
  event.cancelled = true;
  return {
    status: 200,
    body: { object: "billing.meter_event_adjustment", cancel: { identifier }, event_name: event.event_name, livemode: account.mode === "live", status: "pending", type: "cancel" },
  }; // prettier-ignore
}

const samplesAtMost = 2;

/** What the asynchronous check found since the last report: counts of all, samples of some. One report a meter. */
export function reportErrors(account: FakeAccount, since: number): string[] {
  const bad = account.events.filter(({ error, receivedAt }) => error !== null && receivedAt >= since);
  const groups = new Map<string, TakenEvent[]>();
  for (const event of bad) {
    const meter = account.meters.find(({ event_name: name }) => name === event.event_name)?.id ?? "";
    groups.set(meter, [...(groups.get(meter) ?? []), event]);
  }
  return [...groups].map(([meter, events]) => {
    const codes = [...new Set(events.map(({ error }) => error ?? ""))];
    const id = `evt_test_${account.name}${String(account.reports.length + 1).padStart(6, "0")}`;
    account.reports.push({
      id,
      type: meter === "" ? "v1.billing.meter.no_meter_found" : "v1.billing.meter.error_report_triggered",
      created: new Date(account.now).toISOString(),
      meter: meter === "" ? null : meter,
      errors: codes.map((code) => {
        const having = events.filter(({ error }) => error === code);
        return {
          code,
          count: having.length,
          samples: having
            .slice(0, samplesAtMost)
            .map(({ identifier }) => ({ identifier, message: `${code} (sample)` })),
        };
      }),
    });
    return id;
  });
}
