import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  /** What to do about it. */
  action?: ReactNode;
  className?: string;
}

export function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center px-6 py-14 text-center", className)}>
      <div className="mb-4 grid size-10 place-items-center rounded-lg border bg-sunken text-ink-muted">
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      </div>
      {/* Some cards have no heading of their own, so this one must not skip a level. */}
      <h2 className="text-base font-semibold">{title}</h2>
      {children !== undefined && (
        <div className="mt-1.5 max-w-sm text-sm text-balance text-ink-muted">{children}</div>
      )}
      {action !== undefined && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
