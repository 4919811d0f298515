"use client";

import { type ReactNode, useId, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";

interface ReasonButtonProps {
  label: string;
  title: string;
  confirm: string;
  onConfirm: (reason: string) => void;
  /** What follows from it. */
  children: ReactNode;
}

/** Asks for the reason first: the trace keeps it. */
export function ReasonButton({ label, title, confirm, onConfirm, children }: ReasonButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const form = useId();
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setIsOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setIsOpen(false)}
        title={title}
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>Cancel</Button>
            <Button variant="danger" type="submit" form={form} disabled={reason.trim() === ""}>
              {confirm}
            </Button>
          </>
        }
      >
        <form
          id={form}
          className="space-y-4 text-sm text-ink-muted"
          onSubmit={(event) => {
            event.preventDefault();
            setIsOpen(false);
            onConfirm(reason);
          }}
        >
          <p>{children}</p>
          <Field label="Reason" hint="Whoever reads the trace later must understand it.">
            {(ids) => (
              <Input
                {...ids}
                value={reason}
                maxLength={1_000}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        </form>
      </Dialog>
    </>
  );
}
