"use client";

import { Select } from "@/app/_components/ui/field";
import { tagLabels } from "./filters";
import { useScope } from "./use-scope";

/** Nothing on screens that group by one tag alone. */
export function GroupBySelect({ className }: { className?: string }) {
  const { scope, offers, set } = useScope();
  if (!offers.groupBy || scope.groupBy === null) return null;
  const { options } = offers.groupBy;
  return (
    <Select
      aria-label="Group by"
      className={className}
      value={scope.groupBy}
      onChange={(event) => {
        const chosen = options.find((option) => option === event.target.value);
        if (chosen) set({ by: chosen });
      }}
    >
      {options.map((option) => (
        <option key={option} value={option}>
          By {tagLabels[option].toLowerCase()}
        </option>
      ))}
    </Select>
  );
}
