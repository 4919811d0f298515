"use client";

import { type SubmitEvent, useId, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { addDays } from "@/server/calendar/local-day";
import { OwnerField } from "../_components/owner-field";
import type { Row } from "./recommendations";
import { useRecommendationChanges } from "./use-recommendation-changes";
import { titleOf } from "./words";

interface DecideProps {
  open: boolean;
  row: Row;
  /** Local day. */
  today: string;
  onClose: () => void;
}

/** Usually enough to change a prompt or a setting. */
const usualDays = 14;

/** Somebody answers for it, by a day. Another key makes it begin anew. */
export function AcceptDialog({ open, row, today, onClose }: DecideProps) {
  const formId = useId();
  const { accept } = useRecommendationChanges();
  const [ownerId, setOwnerId] = useState("");
  const [dueOn, setDueOn] = useState(addDays(today, usualDays));
  const [note, setNote] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    accept.mutate({ id: row.id, ownerId, dueOn, note }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Accept this recommendation"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={ownerId === "" || accept.isPending}>
            Accept
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        <p className="text-sm text-ink-muted">
          {titleOf(row.finding)}. The 30 days before today are kept as they are, and the days from tomorrow on
          are measured against them.
        </p>
        <OwnerField
          hint="Who sees to it; one of the members."
          error={fieldError(accept.error, "ownerId")}
          required
          value={ownerId}
          onChange={setOwnerId}
        />
        <Field label="Due" error={fieldError(accept.error, "dueOn")}>
          {(ids) => (
            <Input
              {...ids}
              type="date"
              required
              min={today}
              className="max-w-48"
              value={dueOn}
              onChange={({ target }) => setDueOn(target.value)}
            />
          )}
        </Field>
        <NoteField note={note} onNote={setNote} />
        {accept.error && <Callout tone="bad">{errorSentence(accept.error)}</Callout>}
      </form>
    </Dialog>
  );
}

function NoteField({ note, onNote }: { note: string; onNote: (note: string) => void }) {
  return (
    <Field label="Note">
      {(ids) => (
        <Input
          {...ids}
          maxLength={2_000}
          placeholder="Why"
          value={note}
          onChange={({ target }) => onNote(target.value)}
        />
      )}
    </Field>
  );
}

export function DismissDialog({ open, row, onClose }: DecideProps) {
  const formId = useId();
  const { dismiss } = useRecommendationChanges();
  const [note, setNote] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onClose();
    dismiss.mutate({ id: row.id, note });
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Dismiss this recommendation?"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary">
            Dismiss
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        <p className="text-sm text-ink-muted">
          {titleOf(row.finding)}. It comes back by itself only when it would save twice as much.
        </p>
        <NoteField note={note} onNote={setNote} />
      </form>
    </Dialog>
  );
}
