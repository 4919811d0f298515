import { errorSentence } from "@/app/_format/errors";

/** One sentence for a person; where Stripe did not answer, the ledger is not to blame. */
export function failureSentence(error: Parameters<typeof errorSentence>[0]): string {
  return error.data?.code === "SERVICE_UNAVAILABLE" ? error.message : errorSentence(error);
}
