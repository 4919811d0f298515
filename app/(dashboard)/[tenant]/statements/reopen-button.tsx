"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { formatMonth } from "@/app/_format/dates";

interface ReopenButtonProps {
  month: string;
  onReopen: (reason: string) => void;
}

/** Asks for the reason first: the statement keeps it. */
export function ReopenButton({ month, onReopen }: ReopenButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const name = formatMonth(month);
  const form = `reopen-${month}`;
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setIsOpen(true)}>
        Open {name} again
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setIsOpen(false)}
        title={`Open ${name} again?`}
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>Cancel</Button>
            <Button variant="danger" type="submit" form={form} disabled={reason.trim() === ""}>
              Open the month
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
            onReopen(reason);
          }}
        >
          <p>
            Its calls can change again. The statement stays as it was, marked as opened again by you; closing
            the month makes another revision.
          </p>
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
