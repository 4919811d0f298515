import { z } from "zod";
import { ReportScope, Stretch } from "./schemas";

export const WhyUsersInput = ReportScope.extend({
  /** The stretch that the change is measured from. */
  compare: Stretch,
  by: z.enum(["user", "account"]).default("user"),
  /** So many of them are named, the largest change first, whatever its sign. */
  limit: z.int().min(1).max(500).default(10),
});
export type WhyUsersInput = z.infer<typeof WhyUsersInput>;

/** `gone`: has calls before and none after; `new`: the other way about; `without`: calls without one. */
export const whyUserGroups = ["gone", "new", "stayed", "without"] as const;
export type WhyUserGroup = (typeof whyUserGroups)[number];

export interface WhyUsersAnswer {
  /** After less before, USD. */
  deltaUsd: string;
  /** All of them, the largest amount first. They add up to `deltaUsd`. */
  groups: { group: WhyUserGroup; users: number; usd: string; beforeUsd: string; afterUsd: string }[];
  users: {
    key: string;
    group: Exclude<WhyUserGroup, "without">;
    usd: string;
    beforeUsd: string;
    afterUsd: string;
    calls: readonly [before: number, after: number];
  }[];
  watermark: { finalThrough: string; rolledThrough: string; pendingHours: number };
  timeZone: string;
}
