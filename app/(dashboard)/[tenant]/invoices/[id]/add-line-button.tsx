"use client";

import { type SubmitEvent, useId, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { AddLineInput } from "@/server/invoices/schemas";
import { faultsOf } from "../typed";
import type { InvoiceChanges } from "./use-invoice-changes";

const empty = { description: "", amount: "" };

/** "−$25.00" is -25.00; what is no number stays as it is, to be refused. */
const plainAmount = (typed: string) => typed.replace(/[$,\s]/g, "").replace(/^−/, "-");

/** A line that no plan says: a credit, a one-off fee. What was typed stays while the screen does. */
export function AddLineButton({ id, changes }: { id: string; changes: InvoiceChanges }) {
  const form = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [draft, setDraft] = useState(empty);
  const [hasTried, setHasTried] = useState(false);
  const read = AddLineInput.safeParse({ id, description: draft.description, amountUsd: plainAmount(draft.amount) });
  const faults = hasTried ? faultsOf(read.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setHasTried(true);
    if (!read.success) return;
    changes.addLine.mutate(read.data, {
      onSuccess: () => {
        setDraft(empty);
        setHasTried(false);
        setIsOpen(false);
      },
    });
  };
  return (
    <>
      <Button size="sm" onClick={() => setIsOpen(true)}>
        Add a line
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setIsOpen(false)}
        title="Add a line"
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>Cancel</Button>
            <Button type="submit" form={form} variant="primary" disabled={changes.addLine.isPending}>
              Add the line
            </Button>
          </>
        }
      >
        <form id={form} noValidate onSubmit={submit} className="space-y-4">
          <p className="text-sm text-ink-muted">
            Before tax, and after the plan’s discount. It stays when the draft is computed anew.
          </p>
          <Field label="Description" error={faults?.get("description")}>
            {(ids) => (
              <Input {...ids} maxLength={200} value={draft.description} onChange={({ target }) => setDraft({ ...draft, description: target.value })} />
            )}
          </Field>
          <Field label="Amount in USD" hint="Less than nothing is a credit: -25.00" error={faults?.get("amountUsd")}>
            {(ids) => (
              <Input {...ids} inputMode="decimal" className="max-w-48" value={draft.amount} onChange={({ target }) => setDraft({ ...draft, amount: target.value })} />
            )}
          </Field>
          {changes.addLine.isError && <Callout tone="bad">{errorSentence(changes.addLine.error)}</Callout>}
        </form>
      </Dialog>
    </>
  );
} // prettier-ignore
