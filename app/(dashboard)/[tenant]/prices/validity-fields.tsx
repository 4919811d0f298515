"use client";

import { Field, Input } from "@/app/_components/ui/field";
import { addDays } from "@/server/calendar/local-day";
import { useTenant } from "../_components/tenant-context";

interface Draft {
  /** First day; empty: has always been. */
  from: string;
  /** Last day, that day included; empty: until further notice. */
  lastDay: string;
}

/** People name the last day; the book keeps the first instant that is not covered. */
export function untilDay(lastDay: string): string | null {
  return lastDay === "" ? null : addDays(lastDay, 1);
}

export function ValidityFields({
  draft,
  onChange,
  error,
}: {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  error: string | undefined;
}) {
  const { timeZone } = useTenant();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Valid from" hint={`Start of that day in ${timeZone}; empty: ever.`} error={error}>
        {(ids) => (
          <Input
            {...ids}
            type="date"
            value={draft.from}
            onChange={(event) => onChange({ from: event.target.value })}
          />
        )}
      </Field>
      <Field label="To, that day included" hint="Empty: until further notice.">
        {(ids) => (
          <Input
            {...ids}
            type="date"
            value={draft.lastDay}
            onChange={(event) => onChange({ lastDay: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
