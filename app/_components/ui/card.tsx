import type { ReactNode } from "react";
import { cn } from "./class-names";

export function Card({ className, children, id }: { className?: string; children: ReactNode; id?: string }) {
  return (
    <section id={id} className={cn("min-w-0 rounded-lg border bg-surface shadow-card", className)}>
      {children}
    </section>
  );
}

interface CardHeaderProps {
  title: ReactNode;
  hint?: ReactNode;
  /** Controls at the right. */
  children?: ReactNode;
  className?: string;
}

export function CardHeader({ title, hint, children, className }: CardHeaderProps) {
  return (
    <header className={cn("flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pt-3.5 pb-3 sm:px-5", className)}>
      {/* Rather than be squeezed to a word a line, it has the controls go below. */}
      <div className="min-w-0 flex-[1_1_12rem]">
        <h2 className="text-sm font-semibold text-ink">{title}</h2>
        {hint !== undefined && <p className="mt-0.5 text-xs text-ink-muted">{hint}</p>}
      </div>
      {children}
    </header>
  );
}
