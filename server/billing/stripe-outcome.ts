import Stripe from "stripe";
import { asStripeFailure } from "@/server/clients/stripe";
import type { PutOutcome } from "./port";

/** Words of a 400 that bears no code of its own: Stripe has had this identifier within the last day. */
const alreadyThere = /already exists with identifier/i;

/**
 * What an error says of the usage that was sent. Only what was certainly not taken may simply be tried again.
 * @throws the error itself when it is none of Stripe's
 */
export function putOutcome(error: unknown, now: Date): PutOutcome {
  const failure = asStripeFailure(error, now);
  const { message } = failure;
  if (!(error instanceof Stripe.errors.StripeError))
    return { what: "refused", code: failure.fault, failure: message };
  if (error.rawType === "idempotency_error") return { what: "unsure", failure: message };
  if (
    error.statusCode === 400 &&
    error.rawType === "invalid_request_error" &&
    alreadyThere.test(error.message)
  )
    return { what: "duplicate" };
  switch (failure.fault) {
    case "credentials":
      return { what: "denied", failure: message };
    case "rate":
      return { what: "later", failure: message, waitSeconds: failure.retryAfterSeconds };
    case "unreachable":
      return wasNeverConnected(error)
        ? { what: "later", failure: message, waitSeconds: null }
        : { what: "unsure", failure: message };
    default:
      return { what: "refused", code: error.code ?? "refused", failure: message };
  }
}

function wasNeverConnected({ detail }: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  if (!(detail instanceof Error) || !("syscall" in detail)) return false;
  return detail.syscall === "connect" || detail.syscall === "getaddrinfo";
}
