"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useEffect, useId, useRef } from "react";
import { Button } from "./button";
import { cn } from "./class-names";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** A drawer at the right (below on a phone) instead of a box in the middle. */
  side?: boolean;
  /** From below on every screen, as high as what it holds. */
  sheet?: boolean;
  /** Stays open on Escape and clicks outside: for what is shown only once. */
  sticky?: boolean;
  children: ReactNode;
  footer?: ReactNode;
}

const middle = "m-auto w-[min(30rem,calc(100vw-2rem))] rounded-xl animate-[rise_160ms_ease-out]";
const drawer =
  "mt-auto mr-0 mb-0 ml-auto h-[min(92dvh,100dvh)] max-h-none w-full max-w-none rounded-t-xl animate-[rise_180ms_ease-out] " +
  "sm:mt-0 sm:h-dvh sm:w-[min(34rem,92vw)] sm:rounded-none sm:border-y-0 sm:border-r-0 sm:animate-[slide_180ms_ease-out]";

const fromBelow =
  "mt-auto mx-0 mb-0 max-h-[92dvh] w-full max-w-none rounded-t-xl border-x-0 border-b-0 pb-[env(safe-area-inset-bottom)] animate-[rise_180ms_ease-out]";

/** The browser's own dialog: it traps focus, closes on Escape and gives the focus back. */
export function Dialog({
  open,
  onClose,
  title,
  side = false,
  sheet = false,
  sticky = false,
  children,
  footer,
}: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      // The browser would take the first button, which is rarely what one came for.
      (dialog.querySelector<HTMLElement>("input, select, textarea") ?? dialog).focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);

  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      aria-labelledby={titleId}
      onClose={onClose}
      onCancel={(event) => {
        if (sticky) event.preventDefault();
      }}
      onClick={(event) => {
        if (event.target === ref.current && !sticky) onClose();
      }}
      className={cn(
        "overflow-hidden border outline-none border-line-strong bg-surface p-0 text-ink shadow-pop backdrop:bg-black/40 backdrop:backdrop-blur-[1px]",
        sheet ? fromBelow : side ? drawer : middle,
      )}
    >
      {open && (
        <div className={cn("flex flex-col", side ? "h-full" : "max-h-[85dvh]")}>
          <header className="flex items-center gap-3 border-b px-5 py-3">
            <h2 id={titleId} className="min-w-0 flex-1 text-base font-semibold">
              {title}
            </h2>
            {!sticky && (
              <Button variant="ghost" size="icon" aria-label="Close" onClick={onClose} className="-mr-2">
                <X />
              </Button>
            )}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer !== undefined && (
            <footer className="flex justify-end gap-2 border-t bg-sunken/60 px-5 py-3">{footer}</footer>
          )}
        </div>
      )}
    </dialog>
  );
}
