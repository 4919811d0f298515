import { z } from "zod";
import { SpendFilter } from "../schemas";

/** A call is far out when it costs more than so many times the median of its feature. */
export const outlierFactor = 10;
/** Fewer calls than this have no median worth comparing with. */
export const fewestCallsOfMedian = 20;

export const OutliersInput = z.strictObject({
  /** The window before now. */
  hours: z.int().min(1).max(168).default(24),
  /** Which calls to tell of. They are compared with all calls of their feature all the same. */
  filter: SpendFilter.default({}),
  limit: z.int().min(1).max(100).default(100),
});
export type OutliersInput = z.infer<typeof OutliersInput>;
