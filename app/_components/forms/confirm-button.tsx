"use client";

import { type ReactNode, useState } from "react";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

interface ConfirmButtonProps {
  label: string;
  /** The question, as a title. */
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The button that does it, in the words of the question. */
  confirm: string;
  /** Of the button that asks. */
  variant?: "ghost" | "primary";
  onConfirm: () => void;
}

export function ConfirmButton({
  label,
  title,
  children,
  confirm,
  variant = "ghost",
  onConfirm,
}: ConfirmButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant={variant} onClick={() => setIsOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setIsOpen(false)}
        title={title}
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>Cancel</Button>
            <Button
              variant="danger"
              onClick={() => {
                setIsOpen(false);
                onConfirm();
              }}
            >
              {confirm}
            </Button>
          </>
        }
      >
        <div className="text-sm text-ink-muted">{children}</div>
      </Dialog>
    </>
  );
}
