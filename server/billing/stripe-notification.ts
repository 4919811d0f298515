import type Stripe from "stripe";
import type { ProviderNotification } from "./port";

/** Notifications that tell of usage that Stripe refused after it had accepted it. */
const refusalTypes = ["v1.billing.meter.error_report_triggered", "v1.billing.meter.no_meter_found"] as const;
const tellsOfRefusals = (type: string) => refusalTypes.some((known) => known === type);

/**
 * A thin notification as Stripe has it now.
 * @throws errors of the SDK
 */
export async function readMeterNotification(stripe: Stripe, eventId: string): Promise<ProviderNotification> {
  const event = await stripe.v2.core.events.retrieve(eventId);
  if (
    event.type !== "v1.billing.meter.error_report_triggered" &&
    event.type !== "v1.billing.meter.no_meter_found"
  )
    return { kind: "other", type: event.type };
  const { reason, developer_message_summary: summary } = event.data;
  return {
    kind: "refusals",
    refusals: {
      summary,
      meterId: "related_object" in event ? event.related_object.id : null,
      errors: reason.error_types.map(({ code, error_count: count, sample_errors: samples }) => ({
        code,
        count,
        samples: samples.map(({ error_message: message, request }) => ({
          identifier: request.identifier,
          message,
        })),
      })),
    },
  };
}

/** Whether a notification of this type is worth a look at all, and what it means. */
export function meaningOf(type: string): "refusals" | "compare" | "nothing" {
  if (tellsOfRefusals(type)) return "refusals";
  return /^(invoice\.|billing\.meter\.|v1\.billing\.meter\.|customer\.deleted$)/.test(type)
    ? "compare"
    : "nothing";
}
