"use client";

import { type KeyboardEvent, useId, useState } from "react";
import { formatInstant, formatOffset } from "@/app/_format/dates";
import { addDays, isTimeZone, localDay, startOfDay } from "@/server/calendar/local-day";
import { cn } from "../ui/class-names";
import { Field, Input } from "../ui/field";
import { allZones, findZones } from "./find-zones";

interface ZoneFieldProps {
  label?: string;
  /** Instead of the preview of what "today" means. */
  hint?: string;
  value: string;
  onChange: (zone: string) => void;
  disabled?: boolean;
  error?: string | undefined;
  /** For the preview of what "today" means. */
  now: Date;
}

function Preview({ zone, now }: { zone: string; now: Date }) {
  const today = localDay(now, zone);
  const from = startOfDay(today, zone).toISOString();
  const to = startOfDay(addDays(today, 1), zone).toISOString();
  return (
    <>
      “Today” is {formatInstant(from, "UTC")} to {formatInstant(to, "UTC")} UTC ({formatOffset(zone, now)}).
      Days, weeks and months of every report are cut this way.
    </>
  );
}

/** A search among the IANA zones, as a combobox: type, arrow down, Enter. */
export function ZoneField({
  label = "Reporting time zone",
  hint,
  value,
  onChange,
  disabled = false,
  error,
  now,
}: ZoneFieldProps) {
  const [query, setQuery] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const listId = useId();
  const [zones] = useState(allZones);
  const found = query === null ? [] : findZones(zones, query, 8);
  const isOpen = query !== null;

  const choose = (zone: string | undefined) => {
    if (zone !== undefined) onChange(zone);
    setQuery(null);
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    if (event.key === "Escape") setQuery(null);
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    if (event.key === "Enter") choose(found[at]);
    if (["Escape", "ArrowDown", "ArrowUp", "Enter"].includes(event.key)) event.preventDefault();
  };

  return (
    <Field
      label={label}
      hint={hint ?? (isTimeZone(value) ? <Preview zone={value} now={now} /> : undefined)}
      error={error}
    >
      {(ids) => (
        <div className="relative">
          <Input
            {...ids}
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-activedescendant={isOpen && found[at] !== undefined ? `${listId}-${String(at)}` : undefined}
            autoComplete="off"
            spellCheck={false}
            disabled={disabled}
            value={query ?? value}
            placeholder="Search a city or zone"
            onFocus={(event) => event.target.select()}
            onBlur={() => setQuery(null)}
            onChange={(event) => {
              setQuery(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          {isOpen && (
            <ul
              id={listId}
              role="listbox"
              className="absolute inset-x-0 top-full z-20 mt-1 rounded-lg border border-line-strong bg-surface p-1 shadow-pop"
            >
              {found.length === 0 && <li className="px-2 py-1.5 text-sm text-ink-muted">No such zone</li>}
              {found.map((zone, index) => (
                <li
                  key={zone}
                  id={`${listId}-${String(index)}`}
                  role="option"
                  aria-selected={index === at}
                  // Before the blur of the input closes the list.
                  onPointerDown={(event) => {
                    event.preventDefault();
                    choose(zone);
                  }}
                  onPointerEnter={() => setAt(index)}
                  className={cn(
                    "flex justify-between gap-4 rounded-md px-2 py-1.5 text-sm",
                    index === at && "bg-sunken",
                  )}
                >
                  <span className="truncate">{zone.replaceAll("_", " ")}</span>
                  <span className="figures shrink-0 text-xs text-ink-faint">{formatOffset(zone, now)}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Field>
  );
}
