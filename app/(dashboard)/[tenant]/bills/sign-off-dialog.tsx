"use client";

import { type SubmitEvent, useId, useState } from "react";
import { Money } from "@/app/_components/money";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input, Textarea } from "@/app/_components/ui/field";
import { formatMonth } from "@/app/_format/dates";
import { formatTotalChange } from "@/app/_format/money";
import type { ChosenBill } from "./choose-bill";
import { useBillChanges } from "./use-bill-changes";
import { type BillMonth, providerName } from "./words";

interface SignOffDialogProps {
  open: boolean;
  onClose: () => void;
  bill: ChosenBill;
  month: BillMonth;
  /** As the bill's own file names it; '' where none does. */
  invoiceNo: string;
}

/** Agrees to the figures that are in sight: others are refused. */
export function SignOffDialog({ open, onClose, bill, month, invoiceNo: told }: SignOffDialogProps) {
  const { signOff } = useBillChanges();
  const form = useId();
  const [note, setNote] = useState("");
  const [invoiceNo, setInvoiceNo] = useState(told);
  const { billUsd, ledgerUsd, gapUsd, unexplainedUsd } = month;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signOff.mutate({ ...bill, billUsd, ledgerUsd, note, invoiceNo }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Sign off ${providerName(bill.provider)}, ${formatMonth(bill.month)}?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabled={signOff.isPending}>
            {signOff.isPending ? "Signing …" : "Sign off"}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4 text-sm">
        <dl className="grid grid-cols-2 gap-x-4 gap-y-1">
          <dt className="text-ink-muted">Billed</dt>
          <dd className="text-right">
            <Money usd={billUsd} />
          </dd>
          <dt className="text-ink-muted">In the ledger</dt>
          <dd className="text-right">
            <Money usd={ledgerUsd} />
          </dd>
          <dt className="text-ink-muted">Difference</dt>
          <dd className="figures text-right">{formatTotalChange(gapUsd)}</dd>
          <dt className="text-ink-muted">Of it unexplained</dt>
          <dd className="text-right">
            <Money usd={unexplainedUsd} />
          </dd>
        </dl>
        <p className="text-ink-muted">
          You agree to the bill as it is. If the provider corrects it later, the month shows as open again, and
          what you signed stays.
        </p>
        <Field label="Number of the provider’s invoice" hint="If you have it. FOCUS files of the month carry it.">
          {(ids) => (
            <Input {...ids} maxLength={200} value={invoiceNo} onChange={({ target }) => setInvoiceNo(target.value)} />
          )}
        </Field>
        <Field label="Note" hint="Why it is fine as it is, for whoever reads this later.">
          {(ids) => (
            <Textarea {...ids} maxLength={1_000} value={note} onChange={({ target }) => setNote(target.value)} />
          )}
        </Field>
      </form>
    </Dialog>
  );
} // prettier-ignore
