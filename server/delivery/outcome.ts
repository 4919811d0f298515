import { OutboundFailure } from "@/server/clients/outbound-failure";
import type { OutboundAnswer } from "@/server/clients/outbound";
import { isDomainError } from "@/server/errors";

/** What became of a try to send a message. Failures are sentences for the people of the tenant. */
export type Outcome =
  | { what: "sent" }
  /** Taken by nobody, for certain: a repeat repeats nothing. Null seconds: nobody said how long to wait. */
  | { what: "later"; failure: string; waitSeconds: number | null }
  /** Perhaps taken. */
  | { what: "unsure"; failure: string }
  /** Of this message nothing will ever come. */
  | { what: "refused"; failure: string }
  /** Nor of any other to this destination. */
  | { what: "gone"; failure: string };

/** Codes of Node for connections that were never made, by which nothing can have gone out. */
const neverConnected = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EDNS",
  "ECONNECTION",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** Whether the connection was never made. A name or a connect that failed says so itself, whatever it is wrapped in. */
function isNeverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const [code, call] = ["code" in error ? error.code : "", "syscall" in error ? error.syscall : ""];
  return (
    call === "connect" || call === "getaddrinfo" || (typeof code === "string" && neverConnected.has(code))
  );
}

/** Slack's own words for a refusal are one word; anything else it may say is none of anybody's business. */
function wordOf(text: string): string {
  const word = /^[a-z_]{2,40}$/.exec(text.trim())?.[0];
  return word === undefined ? "" : ` (${word})`;
}

/** 400, 403, 404 and 410 are for good: the webhook was revoked, its channel archived, its app removed. */
export function slackOutcome({ status, text, retryAfterSeconds }: OutboundAnswer): Outcome {
  if (status >= 200 && status < 300) return { what: "sent" };
  if (status === 429)
    return { what: "later", failure: "Slack wants fewer messages.", waitSeconds: retryAfterSeconds };
  if ([400, 403, 404, 410].includes(status))
    return { what: "gone", failure: `Slack refuses messages: status ${status}${wordOf(text)}.` };
  if (status >= 500)
    return { what: "unsure", failure: `Slack has a problem of its own: status ${status}${wordOf(text)}.` };
  return { what: "refused", failure: `Slack refused the message: status ${status}${wordOf(text)}.` };
}

/** 410 says that nobody is there any more (Standard Webhooks); other refusals may be mended at the other side. */
export function webhookOutcome({ status, retryAfterSeconds }: OutboundAnswer): Outcome {
  if (status >= 200 && status < 300) return { what: "sent" };
  if (status === 410) return { what: "gone", failure: "The receiver says that it is gone (status 410)." };
  if (status >= 500 && status !== 503)
    return { what: "unsure", failure: `The receiver has a problem of its own: status ${status}.` };
  const waitSeconds = retryAfterSeconds;
  return { what: "later", failure: `The receiver answered with status ${status}.`, waitSeconds };
}

/**
 * What an error while sending says of the message.
 * @throws the error itself when it is ours
 */
export function failureOutcome(error: unknown): Outcome {
  if (error instanceof OutboundFailure) {
    if (error.fault === "address") return { what: "refused", failure: error.message };
    if (isNeverConnected(error.cause)) return { what: "later", failure: error.message, waitSeconds: null };
    return { what: "unsure", failure: error.message };
  }
  if (isDomainError(error) && error.code === "CONFLICT") return { what: "refused", failure: error.message };
  throw error;
}

/** Of nodemailer: a server that says no has not taken the mail. */
export function mailOutcome(error: unknown): Outcome {
  const status =
    error instanceof Error && "responseCode" in error && typeof error.responseCode === "number"
      ? error.responseCode
      : null;
  if (status !== null && status >= 500)
    return { what: "refused", failure: `The mail server refused the mail (${status}).` };
  if (status !== null)
    return { what: "later", failure: `The mail server put us off (${status}).`, waitSeconds: null };
  if (isNeverConnected(error))
    return { what: "later", failure: "The mail server cannot be reached.", waitSeconds: null };
  return { what: "unsure", failure: "The mail server did not answer as it should." };
}
