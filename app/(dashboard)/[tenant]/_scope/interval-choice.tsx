"use client";

import { Segmented } from "@/app/_components/ui/segmented";
import { useScope } from "./use-scope";

const labels = { hour: "Hours", day: "Days", month: "Months" } as const;

/** Nothing where a range is told in one way only. */
export function IntervalChoice() {
  const { scope, set } = useScope();
  if (scope.granularities.length < 2) return null;
  return (
    <Segmented
      label="Interval"
      value={scope.granularity}
      options={scope.granularities.map((value) => ({
        value,
        label: labels[value],
        title: `By the ${value} (I)`,
      }))}
      onChange={(value) => set({ i: value })}
    />
  );
}
