"use client";

import { type ReactNode, type SubmitEvent, useId } from "react";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import type { Mode } from "@/server/billing/schemas";
import { ModeBadge } from "../../stripe/mode-badge";

interface FormDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Which of Stripe's two worlds it is about. */
  mode?: Mode;
  onSubmit: () => void;
  /** The button that does it. */
  submit: string;
  isPending: boolean;
  isIncomplete?: boolean;
  /** What no field says. */
  failure: string | null;
  children: ReactNode;
}

/** A form that Stripe has to answer before it is done. */
export function FormDialog(props: FormDialogProps) {
  const { open, onClose, title, mode, onSubmit, submit, isPending, isIncomplete = false, failure, children } = props;
  const formId = useId();
  const onForm = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={isPending || isIncomplete}>
            {isPending ? "Asking Stripe …" : submit}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={onForm} className="space-y-4">
        {mode !== undefined && (
          <p>
            <ModeBadge mode={mode} />
          </p>
        )}
        {children}
        {failure !== null && <Callout tone="bad">{failure}</Callout>}
      </form>
    </Dialog>
  );
} // prettier-ignore
