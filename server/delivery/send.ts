import { sendMail } from "@/server/clients/email";
import { outboundRules } from "@/server/clients/outbound-rules";
import { postToSlack } from "@/server/clients/slack";
import { postWebhook } from "@/server/clients/webhook";
import { readSlackUrl, readWebhookUrl } from "./addresses";
import type { Composed } from "./compose";
import { mailOf } from "./mail-text";
import { failureOutcome, mailOutcome, type Outcome, slackOutcome, webhookOutcome } from "./outcome";
import { slackPayload } from "./slack-payload";
import type { Target } from "./target";
import { webhookBody } from "./webhook-body";

export interface Sending extends Composed {
  /** The same in each repeat. */
  deliveryId: string;
  tenantSlug: string;
  now: Date;
}

/** Sends a message by the channel of its target. Never throws for what the other side does. */
export async function sendTo(target: Target, sending: Sending): Promise<Outcome> {
  switch (target.kind) {
    case "slack":
      return sendToSlack(target.url, sending);
    case "webhook":
      return sendToWebhook(target, sending);
    case "email":
      return mailTo(target.to, sending);
  }
}

async function sendToSlack(url: string, { message }: Sending): Promise<Outcome> {
  const address = readSlackUrl(url);
  if (!address.ok) return { what: "refused", failure: `The address ${address.message}` };
  const { origin, path } = address;
  try {
    return slackOutcome(await postToSlack({ origin, path, payload: slackPayload(message) }));
  } catch (error) {
    return failureOutcome(error);
  }
}

async function sendToWebhook(
  { url, secret }: Extract<Target, { kind: "webhook" }>,
  { message, incident, at, deliveryId, tenantSlug, now }: Sending,
): Promise<Outcome> {
  // Read again with each try: what the installation allows may have changed.
  const address = readWebhookUrl(url, outboundRules.allowPrivate);
  if (!address.ok) return { what: "refused", failure: `The address ${address.message}` };
  const { origin, path } = address;
  const body = JSON.stringify(webhookBody(message, { tenantSlug, incident, at }));
  try {
    return webhookOutcome(await postWebhook({ origin, path, secret, id: deliveryId, at: now, body }));
  } catch (error) {
    return failureOutcome(error);
  }
}

/** One mail to all of these addresses. */
export async function mailTo(to: readonly string[], { message }: Pick<Sending, "message">): Promise<Outcome> {
  try {
    await sendMail({ to: to.join(", "), ...mailOf(message) });
    return { what: "sent" };
  } catch (error) {
    return mailOutcome(error);
  }
}
