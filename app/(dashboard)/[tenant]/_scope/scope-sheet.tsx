"use client";

import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "@/app/_components/ui/class-names";
import { Dialog } from "@/app/_components/ui/dialog";
import { FilterForm } from "./add-filter";
import { CompareChoices } from "./compare-menu";
import { FilterChips } from "./filter-chips";
import { GroupBySelect } from "./group-by-select";
import { IntervalChoice } from "./interval-choice";
import { control } from "./control";
import { useScope } from "./use-scope";

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b py-4 first:pt-0 last:border-b-0">
      <h3 className="mb-2 text-xs font-medium text-ink-muted">{title}</h3>
      {children}
    </section>
  );
}

/** On a phone: everything of the bar besides the range, in one sheet. */
export function ScopeSheet({ interval }: { interval: boolean }) {
  const { scope, offers, addPart } = useScope();
  const [isOpen, setIsOpen] = useState(false);
  const count = scope.parts.length;
  const close = () => setIsOpen(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={count > 0 ? `Filters and comparison, ${String(count)} set` : "Filters and comparison"}
        className={cn(control, "px-2.5")}
        onClick={() => setIsOpen(true)}
      >
        <SlidersHorizontal aria-hidden />
        {count > 0 && <span className="figures text-accent">{count}</span>}
      </button>
      <Dialog sheet open={isOpen} onClose={close} title="Filters and comparison">
        {offers.tags?.length !== 0 && (
          <Part title="Filters">
            <div className="space-y-3">
              <FilterChips />
              <FilterForm key={count} onAdd={addPart} />
            </div>
          </Part>
        )}
        {offers.compare !== false && (
          <Part title="Compare with">
            <CompareChoices onDone={close} />
          </Part>
        )}
        {interval && scope.granularities.length > 1 && (
          <Part title="Interval">
            <IntervalChoice />
          </Part>
        )}
        {offers.groupBy && (
          <Part title="Group by">
            <GroupBySelect />
          </Part>
        )}
      </Dialog>
    </>
  );
}
