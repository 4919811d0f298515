"use client";

import { Field, Input } from "@/app/_components/ui/field";
import { useTenant } from "../../_components/tenant-context";
import type { DayRange } from "./day-range";

interface DayRangeFieldsProps {
  range: DayRange;
  onChange: (range: DayRange) => void;
  error?: string | undefined;
}

export function DayRangeFields({ range, onChange, error }: DayRangeFieldsProps) {
  const { timeZone } = useTenant();
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="From" hint={`Days of ${timeZone}.`} error={error}>
        {(ids) => (
          <Input
            {...ids}
            type="date"
            required
            value={range.from}
            onChange={(event) => onChange({ ...range, from: event.target.value })}
          />
        )}
      </Field>
      <Field label="To, that day included">
        {(ids) => (
          <Input
            {...ids}
            type="date"
            required
            value={range.lastDay}
            onChange={(event) => onChange({ ...range, lastDay: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
