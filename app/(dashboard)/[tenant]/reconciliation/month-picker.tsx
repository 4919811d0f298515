"use client";

import { useQuery } from "@tanstack/react-query";
import { Select } from "@/app/_components/ui/field";
import { formatMonth } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";

const states = { running: "runs", open: "open", closing: "closing", closed: "closed" } as const;

/** Every month since the first call; the one that is looked at is among them whatever it is. */
export function MonthPicker({ month, onMonth }: { month: string; onMonth: (month: string) => void }) {
  const months = useQuery(useTRPC().statements.months.queryOptions());
  const known = months.data ?? [];
  const isKnown = known.some((one) => one.month === month);
  return (
    <Select aria-label="Month" className="w-44" value={month} onChange={({ target }) => onMonth(target.value)}>
      {!isKnown && <option value={month}>{formatMonth(month)}</option>}
      {known.map((one) => (
        <option key={one.month} value={one.month}>
          {formatMonth(one.month)} ({states[one.state]})
        </option>
      ))}
    </Select>
  );
} // prettier-ignore
