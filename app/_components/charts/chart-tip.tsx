import type { ReactNode } from "react";
import { cn } from "../ui/class-names";

/** The box that follows the pointer. */
export function ChartTip({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <div className="max-w-72 min-w-44 rounded-md border border-line-strong bg-surface px-3 py-2 text-xs shadow-pop">
      <p className="mb-1.5 font-medium text-ink">
        {title}
        {note !== undefined && <span className="font-normal text-ink-muted"> · {note}</span>}
      </p>
      {children}
    </div>
  );
}

/** Names at the left, figures at the right. */
export function TipFigures({ children }: { children: ReactNode }) {
  return (
    <dl className="figures grid grid-cols-[minmax(0,1fr)_auto] gap-x-6 gap-y-0.5 text-ink-muted [&_dd]:text-right [&_dd]:text-ink">
      {children}
    </dl>
  );
}

interface TipRowProps {
  name: ReactNode;
  /** Colour of the series, as a class. */
  dot?: string;
  isMain?: boolean;
  children: ReactNode;
}

export function TipRow({ name, dot, isMain = false, children }: TipRowProps) {
  return (
    <>
      <dt className="flex min-w-0 items-center gap-1.5">
        {dot !== undefined && <span aria-hidden className={cn("size-2 shrink-0 rounded-[2px]", dot)} />}
        <span className="truncate">{name}</span>
      </dt>
      <dd className={cn(isMain && "font-medium")}>{children}</dd>
    </>
  );
}
