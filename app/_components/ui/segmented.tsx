"use client";

import type { ReactNode } from "react";
import { cn } from "./class-names";

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: ReactNode; title?: string }[];
  onChange: (value: Value) => void;
  className?: string;
}

/** One of a few choices, all in sight. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: SegmentedProps<Value>) {
  return (
    <div
      role="group"
      aria-label={label}
      className={cn("inline-flex rounded-md border bg-sunken p-0.5", className)}
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          title={option.title}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cn(
            "h-7 rounded-[5px] px-2.5 text-xs font-medium whitespace-nowrap text-ink-muted transition-colors hover:text-ink",
            option.value === value && "bg-surface text-ink shadow-card ring-1 ring-line-strong",
          )}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
