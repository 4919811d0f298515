"use client";

import { type SubmitEvent, useId, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { causeName, type DifferenceRow, gapText } from "./words";

interface SettleDialogProps {
  row: DifferenceRow;
  onClose: () => void;
  onSettle: (note: string) => void;
}

/** Asks for the reason first: whoever looks later must understand it. */
export function SettleDialog({ row, onClose, onSettle }: SettleDialogProps) {
  const formId = useId();
  const [note, setNote] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onClose();
    onSettle(note.trim());
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Settle: ${causeName(row.cause)}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={note.trim() === ""}>
            Settle it
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4 text-sm text-ink-muted">
        <p>
          {row.amount === null ? "It" : `The difference of ${gapText(row.amount, row.unit)}`} stays in the
          figures and counts as in order. Should the amount change, it is open again by itself.
        </p>
        <Field label="Why it is in order">
          {(ids) => (
            <Input {...ids} required maxLength={1_000} autoComplete="off" value={note} onChange={({ target }) => setNote(target.value)} />
          )}
        </Field>
      </form>
    </Dialog>
  );
} // prettier-ignore
