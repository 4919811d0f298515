import { z } from "zod";
import { ReportScope } from "../schemas";

export const HoursInput = ReportScope;
export type HoursInput = z.infer<typeof HoursInput>;

const count = z.coerce.number().int().nonnegative();

export const HourCell = z.object({
  /** 1 is Monday, 7 Sunday. */
  weekday: z.number().int().min(1).max(7),
  /** What the clock on the wall shows: 0 to 23. */
  hour: z.number().int().min(0).max(23),
  /**
   * How many hours of the range this is, of those that have begun: in whole quarters, so that a clock put back by half an
   * hour (Lord Howe) makes 1.5 of a week. Null means are those of 0 hours.
   */
  hours: z.number().nonnegative(),
  calls: count,
  /** USD, decimal string. */
  costUsd: z.string(),
  unpricedCalls: count,
  /** An hour, USD. Null where the range has no such hour. */
  meanCostUsd: z.string().nullable(),
  /** An hour, decimal string. */
  meanCalls: z.string().nullable(),
});
export type HourCell = z.infer<typeof HourCell>;
