"use client";

import { type ReactNode, type SubmitEvent, useId, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";

interface NoteDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  label: string;
  placeholder?: string;
  isRequired?: boolean;
  /** The button that does it. */
  submit: string;
  /** Null: nothing was written. */
  onSubmit: (note: string | null) => void;
  /** What will happen. */
  children?: ReactNode;
}

/** Asks for a word on why, and does it. */
export function NoteDialog(props: NoteDialogProps) {
  const { open, onClose, title, label, placeholder, isRequired = false, submit, onSubmit, children } = props;
  const formId = useId();
  const [text, setText] = useState("");
  const note = text.trim() === "" ? null : text.trim();
  const done = (event: SubmitEvent) => {
    event.preventDefault();
    onClose();
    onSubmit(note);
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={isRequired && note === null}>
            {submit}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={done} className="space-y-4">
        {children !== undefined && <p className="text-sm text-ink-muted">{children}</p>}
        <Field label={label}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={2_000}
              required={isRequired}
              autoComplete="off"
              placeholder={placeholder}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
