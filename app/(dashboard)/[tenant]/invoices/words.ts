import { formatMonth } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import type { DraftsMade, InvoiceHead } from "@/server/invoices/documents";
import type { InvoiceState, OutdatedReason, UninvoicedReason } from "@/server/invoices/schemas";

export const stateTones = { draft: "warn", final: "good", void: "neutral" } as const satisfies Record<
  InvoiceState,
  string
>;

export const uninvoicedWords = {
  no_account: "Calls without an account: they can be billed to nobody.",
  no_plan: "Accounts without a plan, where there is no default.",
  not_billed: "Accounts that are set not to be billed for this month.",
  no_invoice: "Accounts whose draft is still to be made, or whose invoice is void and not replaced.",
} as const satisfies Record<UninvoicedReason, string>;

const outdated = {
  statement: "the month has another statement",
  plan: "the plan has another version",
  details: "your details or the customer’s were changed",
} as const satisfies Record<OutdatedReason, string>;

const listed = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** "the plan has another version and the month has another statement"; null: it is what it would be now. */
export const outdatedWords = (reasons: readonly OutdatedReason[]): string | null =>
  reasons.length === 0 ? null : listed.format(reasons.map((reason) => outdated[reason]));

/** What one calls an invoice: its number, or whose draft it is. */
export const invoiceName = ({ number, accountId, month }: Pick<InvoiceHead, "number" | "accountId" | "month">) =>
  number ?? `Draft of ${accountId}, ${formatMonth(month)}`; // prettier-ignore

type Made = Pick<DraftsMade, "made" | "recomputed" | "edited" | "final" | "discarded">;

/** What became of the accounts of a month when its drafts were made. */
export function draftsWords({ made, recomputed, edited, final, discarded }: Made): string {
  const parts = [
    ...(made > 0 ? [`${plural(made, "draft")} made`] : []),
    ...(recomputed > 0 ? [`${String(recomputed)} computed anew`] : []),
    ...(edited > 0 ? [`${String(edited)} with lines added by hand left alone`] : []),
    ...(final > 0 ? [`${String(final)} final already`] : []),
    ...(discarded > 0 ? [`${String(discarded)} taken away`] : []),
  ];
  const words = parts.length === 0 ? "there is nobody to bill" : listed.format(parts);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}
