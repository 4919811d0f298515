"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { Input, Select } from "@/app/_components/ui/field";
import { settableFields } from "@/server/attribution/schemas";
import type { DraftRule } from "./draft-rule";
import { settableLabels } from "./rule-words";

type Sets = DraftRule["sets"];

export function SetsFields({ sets, onChange }: { sets: Sets; onChange: (sets: Sets) => void }) {
  const change = (at: number, part: Partial<Sets[number]>) =>
    onChange(sets.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const unused = settableFields.find((field) => !sets.some((one) => one.field === field));
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">The call gets</legend>
      <ul className="space-y-2">
        {sets.map(({ field, value }, at) => (
          <li key={at} className="grid grid-cols-[8rem_1fr_auto] gap-2">
            <Select
              aria-label={`Tag to set ${String(at + 1)}`}
              value={field}
              onChange={(event) => {
                const chosen = settableFields.find((one) => one === event.target.value);
                if (chosen) change(at, { field: chosen });
              }}
            >
              {settableFields.map((one) => (
                <option key={one} value={one}>
                  {settableLabels[one]}
                </option>
              ))}
            </Select>
            <Input
              aria-label={`Value to set ${String(at + 1)}`}
              required
              maxLength={256}
              spellCheck={false}
              value={value}
              onChange={(event) => change(at, { value: event.target.value })}
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove tag to set ${String(at + 1)}`}
              onClick={() => onChange(sets.filter((_, index) => index !== at))}
            >
              <X />
            </Button>
          </li>
        ))}
      </ul>
      {unused && (
        <Button size="sm" className="mt-2" onClick={() => onChange([...sets, { field: unused, value: "" }])}>
          <Plus /> Set another tag
        </Button>
      )}
    </fieldset>
  );
}
