"use client";

import { Field, Select } from "@/app/_components/ui/field";

const choices = [
  [0, "Nothing: from now on"],
  [7, "7 days"],
  [30, "30 days"],
  [90, "90 days"],
  [365, "1 year"],
  [730, "2 years"],
] as const;

interface DaysBackFieldProps {
  value: number;
  onChange: (days: number) => void;
}

export function DaysBackField({ value, onChange }: DaysBackFieldProps) {
  return (
    <Field label="History" hint="How far back the first pull goes. Long histories take a while.">
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(Number(event.target.value))}>
          {choices.map(([days, label]) => (
            <option key={days} value={days}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
