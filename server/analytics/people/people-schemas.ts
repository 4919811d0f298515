import { z } from "zod";
import { storableText } from "@/server/calls/schemas";
import { Stretch } from "../schemas";

const page = {
  /** Where the page begins: how many rows to leave out. */
  offset: z.int().min(0).max(1_000_000).default(0),
  limit: z.int().min(1).max(10_000).default(50),
};

/** `leaving`: churned or at risk, dear, and not paying for it; `active`: still there, dear and unprofitable. */
export const throttleGroups = ["leaving", "active"] as const;
export type ThrottleGroup = (typeof throttleGroups)[number];

export const ThrottleInput = z.strictObject({ group: z.enum(throttleGroups).default("leaving"), ...page });
export type ThrottleInput = z.infer<typeof ThrottleInput>;

export const marginGroupings = ["user", "account", "plan"] as const;
export type MarginGrouping = (typeof marginGroupings)[number];
/** `losing`: cost more than they pay; `unknown`: some of their revenue is not known; `idle`: pay and have no call. */
export const marginShown = ["all", "losing", "unknown", "idle"] as const;
/** The greatest first; `loss` is cost less revenue. */
export const marginOrders = ["loss", "margin", "cost", "revenue"] as const;

export const MarginInput = Stretch.extend({
  by: z.enum(marginGroupings).default("user"),
  show: z.enum(marginShown).default("all"),
  order: z.enum(marginOrders).default("loss"),
  ...page,
});
export type MarginInput = z.infer<typeof MarginInput>;

export const UserStatesInput = z.strictObject({ users: z.array(storableText(512)).max(500).default([]) });
export type UserStatesInput = z.infer<typeof UserStatesInput>;
