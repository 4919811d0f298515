"use client";

import { type SubmitEvent, useId, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { OwnerField } from "../_components/owner-field";
import { causeName, type DifferenceRow } from "./words";

interface AssignDialogProps {
  row: DifferenceRow;
  onClose: () => void;
  onSave: (said: { ownerId: string | null; dueOn: string | null; note: string }) => void;
}

/** Who looks into a difference, and until when. Another key makes it begin anew. */
export function AssignDialog({ row, onClose, onSave }: AssignDialogProps) {
  const formId = useId();
  const { ownership } = row;
  const [ownerId, setOwnerId] = useState(ownership?.ownerId ?? "");
  const [dueOn, setDueOn] = useState(ownership?.dueOn ?? "");
  const [note, setNote] = useState(ownership?.note ?? "");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onClose();
    onSave({ ownerId: ownerId === "" ? null : ownerId, dueOn: dueOn === "" ? null : dueOn, note });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Who looks into it: ${causeName(row.cause)}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary">
            Save
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        <p className="text-sm text-ink-muted">{row.sentence}</p>
        <OwnerField
          hint="Stays with the difference as long as it is there."
          value={ownerId}
          onChange={setOwnerId}
        />
        <Field label="Due">
          {(ids) => <Input {...ids} type="date" value={dueOn} onChange={({ target }) => setDueOn(target.value)} />}
        </Field>
        <Field label="Note">
          {(ids) => (
            <Input {...ids} maxLength={1_000} autoComplete="off" value={note} onChange={({ target }) => setNote(target.value)} />
          )}
        </Field>
      </form>
    </Dialog>
  );
} // prettier-ignore
