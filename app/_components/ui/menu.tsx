"use client";

import type { KeyboardEvent, ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { cn } from "./class-names";

interface MenuProps {
  /** What the button shows. */
  trigger: ReactNode;
  label: string;
  triggerClassName?: string;
  panelClassName?: string;
  children: ReactNode;
}

/** A button that opens a list of links or buttons; arrows move, Escape closes and gives the focus back. */
export function Menu({ trigger, label, triggerClassName, panelClassName, children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>("[data-panel] :is(a, button)")?.focus();
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === "Escape") {
      setOpen(false);
      button.current?.focus();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const items = [...(root.current?.querySelectorAll<HTMLElement>("[data-panel] :is(a, button)") ?? [])];
    const at = items.findIndex((item) => item === document.activeElement);
    items.at((at + (event.key === "ArrowDown" ? 1 : -1)) % items.length)?.focus();
  };

  return (
    <div ref={root} className="relative" onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-label={label}
        onClick={() => setOpen(!open)}
        className={triggerClassName}
      >
        {trigger}
      </button>
      {open && (
        <div
          data-panel
          onClick={() => setOpen(false)}
          className={cn(
            "absolute z-40 min-w-52 animate-[rise_120ms_ease-out] rounded-lg border border-line-strong bg-surface p-1 shadow-pop",
            panelClassName,
          )}
        >
          {children}
        </div>
      )}
    </div>
  );
}

/** Shared by links and buttons inside a menu. */
export const menuItem =
  "flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left text-sm text-ink hover:bg-sunken focus-visible:bg-sunken focus-visible:outline-none [&_svg]:size-4 [&_svg]:text-ink-faint";
