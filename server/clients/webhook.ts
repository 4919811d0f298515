import { createHmac } from "node:crypto";
import { askOutside, type OutboundAnswer, type OutboundRules } from "./outbound";
import { outboundRules } from "./outbound-rules";

export interface WebhookPost {
  origin: string;
  /** With its query. */
  path: string;
  /** `whsec_` and base64. */
  secret: string;
  /** The same in each repeat, so that the receiver can leave repeats out. */
  id: string;
  at: Date;
  body: string;
}

/** `webhook-signature` of Standard Webhooks: HMAC-SHA256 over id, time and body, joined by dots. */
export function signWebhook({ secret, id, at, body }: Omit<WebhookPost, "origin" | "path">): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = `${id}.${String(Math.floor(at.getTime() / 1_000))}.${body}`;
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

const timeoutMs = 10_000;
const maxAnswerBytes = 64 * 1024;

/** @throws OutboundFailure when there is no whole answer; one that says no is an answer */
export function postWebhook(
  post: WebhookPost,
  rules: OutboundRules = outboundRules,
): Promise<OutboundAnswer> {
  return askOutside(
    {
      baseUrl: post.origin,
      path: post.path,
      method: "POST",
      headers: {
        "content-type": "application/json",
        "webhook-id": post.id,
        "webhook-timestamp": String(Math.floor(post.at.getTime() / 1_000)),
        "webhook-signature": signWebhook(post),
      },
      body: post.body,
    },
    { ...rules, timeoutMs, maxAnswerBytes },
  );
}
