"use client";

import { useId, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import type { Invoice } from "@/server/invoices/documents";

interface VoidButtonProps {
  invoice: Pick<Invoice, "number">;
  onVoid: (reason: string) => void;
}

/** Asks for the reason first: the invoice keeps it. */
export function VoidButton({ invoice: { number }, onVoid }: VoidButtonProps) {
  const form = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setIsOpen(true)}>
        Void it
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setIsOpen(false)}
        title={`Void ${number ?? "it"}?`}
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>Cancel</Button>
            <Button variant="danger" type="submit" form={form} disabled={reason.trim() === ""}>
              Void the invoice
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
            onVoid(reason);
          }}
        >
          <p>
            It keeps its number and its lines, and is owed no more. A new draft can then stand in its place.
            This cannot be undone.
          </p>
          <Field label="Reason" hint="Whoever reads the trace later must understand it.">
            {(ids) => (
              <Input
                {...ids}
                maxLength={1_000}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
        </form>
      </Dialog>
    </>
  );
}
