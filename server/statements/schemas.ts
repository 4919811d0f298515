import { z } from "zod";
import { Month } from "@/server/periods/schemas";

/** Of lines and hash; grows when either changes its meaning. */
export const statementShape = 1;

export const lineKinds = ["usage", "late", "price"] as const;
export type LineKind = (typeof lineKinds)[number];

/**
 * What an amount rests on, beside a statement. free: not billed, or answered from a cache; whole: a line of the statement, of
 * which nothing more was kept; the others are the status of the price.
 */
export const usageBases = [
  "free",
  "priced",
  "estimated",
  "partial",
  "reported",
  "unpriced",
  "whole",
] as const;
export type UsageBasis = (typeof usageBases)[number];
/** Months of more calls are stated without what they are made of by price: it would take too long while they are closed. */
export const mostCallsByPrice = 2_000_000;

/** What a statement can be read by; its lines have more. */
export const statementViews = ["account", "team", "feature"] as const;
export const StatementView = z.enum(statementViews);
export type StatementView = z.infer<typeof StatementView>;

/** Without a revision it is the one in force. */
const which = { month: Month, revision: z.int().positive().optional() };
export const StatementInput = z.strictObject(which);
export type StatementInput = z.infer<typeof StatementInput>;

export const StatementViewInput = z.strictObject({
  ...which,
  by: StatementView,
  /** One group of the view ('' is calls without one), by its features. */
  of: z.string().max(1_000).optional(),
});
export type StatementViewInput = z.infer<typeof StatementViewInput>;

export const MonthInput = z.strictObject({ month: Month });
export type MonthInput = z.infer<typeof MonthInput>;

/** A statement's figures and where they come from. Amounts are USD, decimal strings; instants are ISO. */
export interface StatementHead {
  month: Month;
  revision: number;
  timeZone: string;
  from: string;
  /** Exclusive. */
  to: string;
  takenAt: string;
  takenBy: string;
  shape: number;
  priceBook: string;
  codeVersion: string;
  /** The month's own, whole ones. */
  calls: number;
  /** What they cost, exact. */
  costUsd: string;
  /** Late calls and corrections of earlier months, exact. */
  correctionsUsd: string;
  /** Both together, rounded to cents. */
  amountUsd: string;
  unpricedCalls: number;
  /** SHA-256 in hex. */
  contentHash: string;
  /** Since when somebody in it has another name, and the hash is another. */
  renamedAt: string | null;
  /** Null: in force. */
  reopenedAt: string | null;
  reopenedBy: string | null;
  reopenReason: string | null;
}
