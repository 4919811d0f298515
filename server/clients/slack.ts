import { env } from "@/server/env";
import { askOutside, type OutboundAnswer, type OutboundRules } from "./outbound";
import { outboundRules } from "./outbound-rules";

/** Slack gives webhooks no idempotency key: whoever posts twice is read twice. */
export interface SlackPost {
  /** https://hooks.slack.com, or its like; checked before. */
  origin: string;
  /** /services/T…/B…/… */
  path: string;
  payload: object;
}

const timeoutMs = 10_000;
const maxAnswerBytes = 64 * 1024;

/**
 * Posts to an incoming webhook. Where the operator has named a receiver of their own (tests), it goes there and nowhere
 * else; no tenant can.
 * @throws OutboundFailure when there is no whole answer; one that says no is an answer
 */
export function postToSlack(
  { origin, path, payload }: SlackPost,
  rules: OutboundRules = outboundRules,
): Promise<OutboundAnswer> {
  const receiver = env.SLACK_RECEIVER_URL;
  return askOutside(
    {
      baseUrl: receiver ?? origin,
      path,
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(payload),
    },
    { ...rules, timeoutMs, maxAnswerBytes, allowPrivate: receiver !== undefined },
  );
}
