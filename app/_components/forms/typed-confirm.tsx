"use client";

import { type ReactNode, type SubmitEvent, useId, useState } from "react";
import { Button } from "../ui/button";
import { Callout } from "../ui/callout";
import { Dialog } from "../ui/dialog";
import { Field, Input } from "../ui/field";

interface TypedConfirmProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** What has to be typed, to the letter. */
  words: string;
  /** The button that does it. */
  confirm: string;
  isPending: boolean;
  failure: string | null;
  onConfirm: () => void;
}

/** For what cannot be taken back: a click is not enough. What was typed holds for one try. */
export function TypedConfirm({
  open,
  onClose,
  title,
  children,
  words,
  confirm,
  isPending,
  failure,
  onConfirm,
}: TypedConfirmProps) {
  const formId = useId();
  const [typed, setTyped] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (typed !== words) return;
    setTyped("");
    onConfirm();
  };
  const close = () => {
    setTyped("");
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} variant="danger" disabled={typed !== words || isPending}>
            {confirm}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        <div className="space-y-2 text-sm text-ink-muted">{children}</div>
        <Field label={`Type “${words}” to confirm`}>
          {(ids) => (
            <Input
              {...ids}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        {failure !== null && <Callout tone="bad">{failure}</Callout>}
      </form>
    </Dialog>
  );
}
