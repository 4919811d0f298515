import { z } from "zod";
import { ReportScope, Stretch } from "../schemas";

/** Features or models listed at once. */
export const mostErrorGroups = 10_000;

export const ErrorsInput = ReportScope.extend({
  /** What to compare with. */
  compare: Stretch.optional(),
  /** Features and models listed at most, those whose failures cost most; totals and classes are of all. */
  limit: z.int().min(1).max(mostErrorGroups).default(50),
});
export type ErrorsInput = z.infer<typeof ErrorsInput>;

const count = z.coerce.number().int().nonnegative();

const FailureSums = z.object({
  calls: count,
  /** USD, decimal string. */
  costUsd: z.string(),
  /** In no cost. */
  unpricedCalls: count,
});

/** Calls that failed, by whether the provider bills them. */
export const FailureFigures = z.object({
  billed: FailureSums,
  /** The sender could not tell; the cost is what it would be. */
  unknown: FailureSums,
  notBilled: FailureSums,
});
export type FailureFigures = z.infer<typeof FailureFigures>;

export const RateFigures = z.object({
  calls: count,
  errorCalls: count,
  /** Of all calls, USD. */
  costUsd: z.string(),
});
export type RateFigures = z.infer<typeof RateFigures>;

export interface ErrorFigures extends RateFigures {
  /** Failed calls of all calls, "0" to "1"; null without calls. */
  errorRate: string | null;
  failures: FailureFigures;
}
