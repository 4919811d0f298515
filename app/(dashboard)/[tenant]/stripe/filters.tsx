"use client";

import { X } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { Select } from "@/app/_components/ui/field";
import { formatMonth } from "@/app/_format/dates";
import { localDay } from "@/server/calendar/local-day";
import { exportStates } from "@/server/billing/schemas";
import { useTenant } from "../_components/tenant-context";
import { monthsSince } from "./months-since";
import { useStripeParams } from "./use-stripe";
import { type Shown, stateWords } from "./words";

interface ChoiceProps {
  label: string;
  any: string;
  value: string | null;
  options: readonly (readonly [value: string, label: string])[];
  onChange: (value: string | null) => void;
}

function Choice({ label, any, value, options, onChange }: ChoiceProps) {
  // What the address asks for stays in sight, if it is none of ours.
  const isStrange = value !== null && !options.some(([one]) => one === value);
  return (
    <Select
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      className="min-w-0 sm:w-auto sm:max-w-52"
    >
      <option value="">{any}</option>
      {isStrange && <option value={value}>{value}</option>}
      {options.map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </Select>
  );
}

/** What narrows the whole screen; it is in the address. */
export function Filters({ shown, now }: { shown: Shown; now: Date }) {
  const { timeZone } = useTenant();
  const [params, set] = useStripeParams();
  const { meters, mappings } = shown;
  const starts = meters.map(({ startsAt }) => startsAt).sort();
  const [first = now.toISOString()] = starts;
  const months = monthsSince(localDay(new Date(first), timeZone), localDay(now, timeZone));
  const isNarrowed = Object.values(params).some((value) => value !== null);
  return (
    <div role="search" aria-label="Narrow what is shown" className="mb-4 grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
      <Choice
        label="Month"
        any="All months"
        value={params.month}
        options={months.map((month) => [month, formatMonth(month)] as const)}
        onChange={(month) => void set({ month })}
      />
      <Choice
        label="Account"
        any="All accounts"
        value={params.account}
        options={mappings.map(({ accountId }) => [accountId, accountId] as const)}
        onChange={(account) => void set({ account })}
      />
      <Choice
        label="Meter"
        any="All meters"
        value={params.meter}
        options={meters.map(({ id, eventName }) => [id, eventName] as const)}
        onChange={(meter) => void set({ meter })}
      />
      <Choice
        label="State"
        any="All states"
        value={params.state}
        options={exportStates.map((state) => [state, stateWords[state].label] as const)}
        onChange={(state) => void set({ state: exportStates.find((one) => one === state) ?? null })}
      />
      {isNarrowed && (
        <Button
          variant="ghost"
          onClick={() => void set({ month: null, account: null, meter: null, state: null, class: null })}
        >
          <X /> Clear
        </Button>
      )}
    </div>
  );
} // prettier-ignore
