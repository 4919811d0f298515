import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { customerLinks } from "./customer-links";
import { attachOwners } from "./attach-owners";
import { type GoneDifference, type Link, ReconciliationInput } from "./schemas";

export interface CustomerReconciliation {
  month: string;
  timeZone: string;
  from: string;
  /** Exclusive. */
  to: string;
  isOver: boolean;
  /** When the figures were added up. */
  lookedAt: string;
  statement: { revision: number; amountUsd: string; costUsd: string; correctionsUsd: string; contentHash: string } | null;
  links: Link[];
  gone: GoneDifference[];
} // prettier-ignore

/**
 * The customer's side of a month (the tenant's local one): ledger = roll-ups = statement = Stripe = invoices, added up anew
 * at each look. Differences that are gone are noted as gone when somebody looks who may close months.
 */
export async function reconcileCustomers(ctx: Ctx, input: ReconciliationInput): Promise<CustomerReconciliation> {
  requireRight(ctx.actor, "reports:read");
  const { month } = ReconciliationInput.parse(input);
  const { span, head, links } = await ctx.db.read((db) => customerLinks(db, ctx, month));
  const owned = await attachOwners(ctx, month, links, (link) => !link.startsWith("provider:"));
  const { timeZone, from, to } = span;
  return {
    month,
    timeZone,
    from: from.toISOString(),
    to: to.toISOString(),
    isOver: to <= ctx.now,
    lookedAt: ctx.now.toISOString(),
    statement: head && {
      revision: head.revision,
      amountUsd: head.amountUsd,
      costUsd: head.costUsd,
      correctionsUsd: head.correctionsUsd,
      contentHash: head.contentHash,
    },
    ...owned,
  };
} // prettier-ignore
