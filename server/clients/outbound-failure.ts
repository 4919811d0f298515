/** What went wrong when we asked another system, as far as it matters for what happens next. */
export type OutboundFault =
  /** Its address is not one that we may connect to. */
  | "address"
  /** No connection, no answer in time, or the connection broke. */
  | "unreachable"
  /** It refused who we are. */
  | "credentials"
  /** It wants us to wait. */
  | "rate"
  /** It does not have what we asked for. */
  | "missing"
  /** It refused what we asked. */
  | "refused"
  /** Its answer would be larger than one may be; smaller questions help. */
  | "too_large"
  /** It answered what we cannot use. */
  | "answer";

/** Its message is a sentence for the people of the tenant: no secret, no body of the other side. */
export class OutboundFailure extends Error {
  override readonly name = "OutboundFailure";
  constructor(
    readonly fault: OutboundFault,
    message: string,
    /** Seconds that the other side asked us to wait. */
    readonly retryAfterSeconds: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
