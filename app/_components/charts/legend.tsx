import type { ReactNode } from "react";
import { cn } from "../ui/class-names";

const shapes = {
  box: "size-2.5 rounded-[3px]",
  line: "h-0.5 w-3.5 rounded-full",
  dashes: "w-3.5 border-t-2 border-dashed",
} as const;

export interface LegendItem {
  name: ReactNode;
  shape: keyof typeof shapes;
  /** The colour, as a class: of the background, of the border for dashes. */
  className: string;
}

/** What the marks of a chart mean. */
export function Legend({ items, className }: { items: readonly LegendItem[]; className?: string }) {
  return (
    <ul className={cn("flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-muted", className)}>
      {items.map((item, at) => (
        <li key={at} className="inline-flex min-w-0 items-center gap-1.5">
          <span aria-hidden className={cn("shrink-0", shapes[item.shape], item.className)} />
          <span className="truncate">{item.name}</span>
        </li>
      ))}
    </ul>
  );
}
