import { OutboundFailure } from "@/server/clients/outbound-failure";
import { DomainError } from "@/server/errors";

/**
 * A question that a person waits for: what the provider says against it is told to them.
 * @throws DomainError CONFLICT when it refuses the key or the question, UNAVAILABLE when it did not answer
 */
export async function asked<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    const isForNow = error.fault === "rate" || error.fault === "unreachable";
    throw isForNow
      ? new DomainError("UNAVAILABLE", `${error.message} Try again in a moment.`, {}, { cause: error })
      : new DomainError("CONFLICT", error.message, {}, { cause: error });
  }
}
