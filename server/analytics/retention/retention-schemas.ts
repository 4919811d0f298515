import { z } from "zod";
import { Grain } from "@/server/activity/schemas";

const Day = z.iso.date("must be a day, such as 2026-03-01");

export const RetentionInput = z.strictObject({
  grain: Grain.default("month"),
  /** Cohorts of the weeks or months that these days lie in; `to` is exclusive. The last twelve, if left out. */
  from: Day.optional(),
  to: Day.optional(),
});
export type RetentionInput = z.infer<typeof RetentionInput>;

/** Those who came together, so many periods later. */
export interface RetentionCell {
  /** 0: the period in which they came. */
  age: number;
  /** First day of it, YYYY-MM-DD. */
  period: string;
  /** It is not over: more may come. */
  isRunning: boolean;
  /** Of the cohort, with a call or an event in this period. */
  activeUsers: number;
  /** Of the cohort, 0 to 1, with the 95 % interval (Wilson) of such a share. Null: too few users to say. */
  share: string | null;
  low: string | null;
  high: string | null;
  /** Of those who were there, in this period. */
  calls: number;
  events: number;
  costUsd: string;
  /** An active user. Null: nobody was there, or too few users to say. */
  costPerUserUsd: string | null;
  unpricedCalls: number;
  /** Of the cohort, who were last there in an earlier period and are gone by the tenant's rule. */
  leftUsers: number;
  /** What they had cost in all their time. */
  leftCostUsd: string;
}

export interface Cohort {
  /** First day of the week or month in which they were first there. */
  cohort: string;
  users: number;
  /** Fewer than the tenant wants anything claimed of. */
  isTooFew: boolean;
  cells: RetentionCell[];
}

/** All cohorts together at an age, as far as that period of theirs is over. */
export interface RetentionAge extends Pick<
  RetentionCell,
  "age" | "activeUsers" | "share" | "low" | "high" | "costUsd" | "costPerUserUsd" | "unpricedCalls"
> {
  cohorts: number;
  users: number;
  isTooFew: boolean;
}
