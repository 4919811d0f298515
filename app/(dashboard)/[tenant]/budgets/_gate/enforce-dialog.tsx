"use client";

import type { ReactNode } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";

interface EnforceDialogProps {
  open: boolean;
  title: string;
  /** What apps will no longer be allowed. */
  children: ReactNode;
  /** In the words of the title. */
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asked before anything that passes today is refused. */
export function EnforceDialog({ open, title, children, confirm, onConfirm, onClose }: EnforceDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button
            variant="danger"
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <div className="space-y-2 text-sm text-ink-muted">{children}</div>
    </Dialog>
  );
}
