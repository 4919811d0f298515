"use client";

import type { ReactNode, RefObject } from "react";
import { useEffect, useRef, useState } from "react";
import { cn } from "./class-names";

interface PopoverProps {
  /** What the button shows. */
  trigger: ReactNode;
  label?: string;
  title?: string;
  triggerClassName?: string;
  panelClassName?: string;
  /** Opens it from elsewhere: a key, say. */
  triggerRef?: RefObject<HTMLButtonElement | null>;
  children: (close: () => void) => ReactNode;
}

const focusable = "input, select, textarea, button, a[href], [tabindex='0']";

/** A button that opens a panel of controls; Escape and clicks outside close it, and the focus goes back. */
export function Popover({
  trigger,
  label,
  title,
  triggerClassName,
  panelClassName,
  triggerRef,
  children,
}: PopoverProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const own = useRef<HTMLButtonElement>(null);
  const button = triggerRef ?? own;

  useEffect(() => {
    if (!open) return;
    const panel = root.current?.querySelector<HTMLElement>("[data-panel]");
    const first =
      panel?.querySelector<HTMLElement>("[data-autofocus]") ?? panel?.querySelector<HTMLElement>(focusable);
    first?.focus();
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    // Before anybody else, and wherever the focus is: what had it may be gone from the panel.
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("keydown", escape, { capture: true });
    const opener = button.current;
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("keydown", escape, { capture: true });
      // The panel took the focus with it.
      if (document.activeElement === null || document.activeElement === document.body)
        opener?.focus({ preventScroll: true });
    };
  }, [open, button]);

  return (
    <div ref={root} className="relative min-w-0">
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={label}
        title={title}
        onClick={() => setOpen(!open)}
        className={triggerClassName}
      >
        {trigger}
      </button>
      {open && (
        <div
          data-panel
          role="dialog"
          aria-label={label ?? title}
          className={cn(
            "absolute z-40 max-w-[calc(100vw-2rem)] animate-[rise_120ms_ease-out] rounded-lg border border-line-strong bg-surface shadow-pop",
            panelClassName,
          )}
        >
          {children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}
