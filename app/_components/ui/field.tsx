import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { cn } from "./class-names";

const box =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink shadow-card transition-colors sm:text-sm " +
  "placeholder:text-ink-faint hover:border-ink-faint focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 " +
  "disabled:bg-sunken disabled:text-ink-muted disabled:hover:border-line-strong aria-invalid:border-bad";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(box, "h-9 sm:h-8.5", className)} {...rest} />;
}

/** A few lines of text; it grows with them where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cn(box, "field-sizing-content min-h-16 py-1.5", className)} {...rest} />;
}

export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <select className={cn(box, "chevron h-9 pr-8 sm:h-8.5", className)} {...rest}>
      {children}
    </select>
  );
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  className?: string;
  /** Gets the ids that tie label, hint and error to the control. */
  children: (ids: { id: string; "aria-describedby": string; "aria-invalid"?: true }) => ReactNode;
}

export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const describedBy = `${id}-about`;
  return (
    <div className={cn("min-w-0", className)}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": describedBy,
        ...(error === undefined ? {} : { "aria-invalid": true }),
      })}
      <p
        id={describedBy}
        className={cn("mt-1.5 text-xs empty:hidden", error ? "text-bad" : "text-ink-muted")}
      >
        {error ?? hint}
      </p>
    </div>
  );
}
