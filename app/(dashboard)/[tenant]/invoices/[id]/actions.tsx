"use client";

import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Money } from "@/app/_components/money";
import { Button } from "@/app/_components/ui/button";
import { formatMonth } from "@/app/_format/dates";
import type { Invoice } from "@/server/invoices/documents";
import { useRight } from "../../_components/tenant-context";
import { AddLineButton } from "./add-line-button";
import type { InvoiceChanges } from "./use-invoice-changes";
import { VoidButton } from "./void-button";

/** What this member may do with the invoice as it is now. */
export function Actions({ invoice, changes }: { invoice: Invoice; changes: InvoiceChanges }) {
  const mayWrite = useRight("billing:write");
  const { id, state, totalUsd, accountId, month, outdated, replacedBy } = invoice;
  if (!mayWrite) return null;
  if (state === "void") {
    return replacedBy === null ? (
      <Button size="sm" disabled={changes.isBusy} onClick={() => changes.replace.mutate({ id })}>
        Replace by a new draft
      </Button>
    ) : null;
  }
  if (state === "final") {
    return <VoidButton invoice={invoice} onVoid={(reason) => changes.voidIt.mutate({ id, reason })} />;
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ConfirmButton label="Discard the draft" title="Discard the draft?" confirm="Discard it" onConfirm={() => changes.discard.mutate({ id })}>
        Lines that were added by hand are lost. Making the drafts of {formatMonth(month)} again makes another one for {accountId}.
      </ConfirmButton>
      <Button size="sm" disabled={changes.isBusy} onClick={() => changes.recompute.mutate({ id })}>
        Compute anew
      </Button>
      <AddLineButton id={id} changes={changes} />
      {outdated.length === 0 && (
        <ConfirmButton variant="primary" label="Finalise" title="Finalise this invoice?" confirm="Give it a number" onConfirm={() => changes.finalise.mutate({ id, totalUsd })}>
          {accountId} is billed <Money usd={totalUsd} className="font-semibold text-ink" />, tax included, under the next number of the series. This cannot be undone: a final invoice is never changed or deleted. One that is wrong is voided, keeps its number, and can be replaced.
        </ConfirmButton>
      )}
    </div>
  );
} // prettier-ignore
