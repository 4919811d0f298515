import { z } from "zod";
import { PolicyTag } from "@/server/attribution/schemas";
import { Instant, storableText } from "@/server/calls/schemas";

const Day = z.iso.date("must be a day, such as 2026-03-01");

/** Days that a question may read the ledger of at most. */
export const longestLedgerDays = 92;

export const CoverageInput = z.strictObject({
  /** Days of the tenant's zone; `to` is exclusive. */
  from: Day,
  to: Day,
  /** Whose lack is listed by call site, key and source. */
  tag: PolicyTag.default("feature"),
});
export type CoverageInput = z.input<typeof CoverageInput>;

export const RequestCostInput = z.strictObject({
  rootRequestId: storableText(256),
  /** When one of its attempts occurred: the others are looked for within a day of it. */
  at: Instant,
});
export type RequestCostInput = z.infer<typeof RequestCostInput>;
