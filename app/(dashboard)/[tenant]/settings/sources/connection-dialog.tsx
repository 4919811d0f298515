"use client";

import { type ReactNode, type SubmitEvent, useId } from "react";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";

interface ConnectionDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  onSubmit: () => void;
  isPending: boolean;
  /** What no field says. */
  failure: string | null;
  children: ReactNode;
}

/** The frame that the forms of all sources share. */
export function ConnectionDialog({
  open,
  onClose,
  title,
  onSubmit,
  isPending,
  failure,
  children,
}: ConnectionDialogProps) {
  const formId = useId();
  const submit = (event: SubmitEvent) => {
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
          <Button type="submit" form={formId} variant="primary" disabled={isPending}>
            {isPending ? "Asking it …" : "Connect"}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        {children}
        {failure !== null && <Callout tone="bad">{failure}</Callout>}
      </form>
    </Dialog>
  );
}
