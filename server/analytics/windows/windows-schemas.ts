import { z } from "zod";
import type { SpendFigures } from "../schemas";
import { groupings, SpendFilter } from "../schemas";

/** Windows that end now, and beside each the one before it. */
export const windowNames = ["last7", "previous7", "last30", "previous30"] as const;
export type WindowName = (typeof windowNames)[number];

export const WindowsInput = z.strictObject({
  groupBy: z.enum(groupings),
  filter: SpendFilter.default({}),
  /** By the cost of the last 7 or the last 30 days, the dearest first. */
  order: z.enum(["last7", "last30"]).default("last30"),
  /** Where the next page begins: how many groups to leave out. */
  offset: z.int().min(0).max(1_000_000).default(0),
  limit: z.int().min(1).max(10_000).default(50),
});
export type WindowsInput = z.infer<typeof WindowsInput>;

export type WindowFigures = Record<WindowName, SpendFigures>;

export interface WindowsRow extends WindowFigures {
  /** Null: calls without the tag. */
  key: string | null;
  /** Of each window's priced cost: "0" to "1"; null where nothing was spent. */
  costShares: Record<WindowName, string | null>;
  /** This group's share of the window that rows are ordered by, and those of all before it. */
  cumulativeShare: string | null;
  /** Cost of the last 7 (30) days less that of the days before, USD. */
  change7Usd: string;
  change30Usd: string;
}

export const GrowthInput = z.strictObject({
  groupBy: z.enum(groupings).default("feature"),
  /** The last so many days are compared with as many before them. */
  days: z.union([z.literal(7), z.literal(30)]).default(7),
  filter: SpendFilter.default({}),
  /** Groups that cost less now, USD, or have fewer calls are left out: from $0.01 to $0.10 is no growth to look at. */
  minUsd: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,18})?$/, 'must be a plain decimal string, such as "1"')
    .default("1"),
  minCalls: z.int().min(0).max(1_000_000_000).default(20),
  order: z.enum(["ratio", "usd"]).default("ratio"),
  limit: z.int().min(1).max(1_000).default(10),
});
export type GrowthInput = z.infer<typeof GrowthInput>;

export interface GrowthRow {
  key: string | null;
  current: SpendFigures;
  previous: SpendFigures;
  /** More than 0. */
  changeUsd: string;
  /** Of the cost before: "0.35" is 35 % more. Null: there was none. */
  changeRatio: string | null;
  /** It had no call in the days before. */
  isNew: boolean;
}
