import { z } from "zod";
import { ReportScope, Stretch } from "./schemas";

export const UserSpreadInput = ReportScope.extend({
  /** Whose costs are spread: end users, or the accounts that they belong to. */
  by: z.enum(["user", "account"]).default("user"),
  compare: Stretch.optional(),
});
export type UserSpreadInput = z.infer<typeof UserSpreadInput>;

/** Percentiles by nearest rank: the cost of the user at place ⌈p % of users⌉, counted from the cheapest. */
export const spreadPercents = [50, 75, 90, 95, 99, 100] as const;
