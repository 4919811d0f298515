import type { ReactNode } from "react";

interface PageHeaderProps {
  title: string;
  /** Beside the title: a state, a badge. */
  aside?: ReactNode;
  hint?: ReactNode;
  children?: ReactNode;
}

export function PageHeader({ title, aside, hint, children }: PageHeaderProps) {
  return (
    <header className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-full sm:basis-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 className="text-lg font-semibold tracking-tight wrap-anywhere">{title}</h1>
          {aside}
        </div>
        {hint !== undefined && <p className="mt-1 max-w-2xl text-sm text-ink-muted">{hint}</p>}
      </div>
      {children}
    </header>
  );
}
