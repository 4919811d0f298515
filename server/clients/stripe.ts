import Stripe from "stripe";
import { env } from "@/server/env";
import { OutboundFailure } from "./outbound-failure";
import { retryAfterSeconds } from "./retry-after";

/** Longer than Stripe takes, shorter than a claim lasts. */
const timeoutMs = 20_000;

export function modeOfKey(apiKey: string): "test" | "live" {
  return apiKey.split("_")[1] === "live" ? "live" : "test";
}

/**
 * Stripe, as the account of this key. STRIPE_API_URL sends what is meant for Stripe to a server of one's own: only the
 * operator can set it, and no live key ever goes there.
 * @throws OutboundFailure address
 */
export function stripeFor(apiKey: string): Stripe {
  // Repeats are ours to decide: each goes through the outbox.
  const common = { maxNetworkRetries: 0, timeout: timeoutMs, telemetry: false };
  if (env.STRIPE_API_URL === undefined) return new Stripe(apiKey, common);
  if (modeOfKey(apiKey) === "live")
    throw new OutboundFailure(
      "address",
      "Live keys are sent to Stripe alone, and STRIPE_API_URL names another server.",
    );
  const { hostname, port, protocol } = new URL(env.STRIPE_API_URL);
  return new Stripe(apiKey, {
    ...common,
    host: hostname,
    port: port || (protocol === "http:" ? "80" : "443"),
    protocol: protocol === "http:" ? "http" : "https",
  });
}

/** Seconds that Stripe's signatures are believed for. */
export const signatureToleranceSeconds = 300;

/** Whether this very body was signed with the secret, at most five minutes ago. */
export function isSignedByStripe(body: string, header: string, secret: string, now: Date): boolean {
  try {
    return (
      Stripe.webhooks.signature?.verifyHeader(
        body,
        header,
        secret,
        signatureToleranceSeconds,
        undefined,
        now.getTime(),
      ) ?? false
    );
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}

/**
 * What an error of the SDK means for what happens next. Stripe's own words are kept where they say what is wrong with a
 * request; they quote no secret.
 * @throws the error itself when it is none of Stripe's
 */
export function asStripeFailure(error: unknown, now: Date): OutboundFailure {
  if (error instanceof OutboundFailure) return error;
  const { errors } = Stripe;
  if (!(error instanceof errors.StripeError)) throw error;
  const cause = { cause: error };
  const status = error.statusCode;
  if (error instanceof errors.StripeConnectionError || status === undefined)
    return new OutboundFailure("unreachable", "Stripe did not answer, or the connection broke.", null, cause);
  if (status === 401) return new OutboundFailure("credentials", "Stripe refuses this key.", null, cause);
  if (status === 403) {
    const [permission] = /\brak_\w+/.exec(error.message) ?? [];
    const which = permission === undefined ? "" : ` (${permission})`;
    return new OutboundFailure(
      "credentials",
      `The key lacks a permission that this needs${which}.`,
      null,
      cause,
    );
  }
  if (status === 429) {
    const wait = retryAfterSeconds(error.headers?.["retry-after"], now);
    return new OutboundFailure("rate", "Stripe wants fewer requests.", wait, cause);
  }
  if (status >= 500 || status === 409)
    return new OutboundFailure(
      "unreachable",
      `Stripe has a problem of its own: status ${status}.`,
      null,
      cause,
    );
  if (status === 404)
    return new OutboundFailure("missing", "Stripe does not have what was asked for.", null, cause);
  return new OutboundFailure("refused", `Stripe refused: ${error.message.slice(0, 300)}`, null, cause);
}
