"use client";

import { Field, Select } from "@/app/_components/ui/field";
import { useMemberNames } from "./names";

interface OwnerFieldProps {
  hint: string;
  error?: string | undefined;
  /** Nobody will not do. */
  required?: boolean;
  /** '' is nobody. */
  value: string;
  onChange: (ownerId: string) => void;
}

/** Which member answers for something. Whoever has left the tenant stays until somebody else is chosen. */
export function OwnerField({ hint, error, required = false, value, onChange }: OwnerFieldProps) {
  const members = useMemberNames();
  return (
    <Field label="Owner" hint={hint} error={error}>
      {(ids) => (
        <Select {...ids} required={required} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">{required ? "Choose somebody" : "Nobody"}</option>
          {value !== "" && !members.has(value) && <option value={value}>Somebody who has left</option>}
          {[...members].map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
