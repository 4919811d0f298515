import { refused } from "@/server/api/respond";
import { createTransport } from "@/server/api/transport";
import { receiveBillingEvent } from "@/server/billing/receive-event";
import { sendEvent } from "@/server/clients/events";
import { currentTime } from "@/server/clock";
import { DomainError } from "@/server/errors";

/** Far more than a notification of Stripe's has. */
const mostCharacters = 512 * 1024;

/** Notifications of Stripe's for one tenant: raw body, signature, written down, 200 (reliability P43). */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ tenant: string }> },
): Promise<Response> {
  const { headers } = request;
  const transport = createTransport({
    headers,
    address: headers.get("x-forwarded-for") ?? "",
    emit: sendEvent,
  });
  try {
    const { tenant } = await params;
    const body = await request.text();
    if (body.length > mostCharacters)
      throw new DomainError("PAYLOAD_TOO_LARGE", "A notification is never this large.");
    const signature = headers.get("stripe-signature");
    await receiveBillingEvent(tenant, body, signature, { now: currentTime(), emit: sendEvent });
    return Response.json({ received: true }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return refused(error, { path: "/api/webhooks/stripe", ctx: transport });
  }
}
