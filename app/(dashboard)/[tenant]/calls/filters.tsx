"use client";

import { Plus, X } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Input, Select } from "@/app/_components/ui/field";
import { formatDay } from "@/app/_format/dates";
import { addDays, localDay } from "@/server/calendar/local-day";
import { useTenant } from "../_components/tenant-context";
import { lastDays } from "../_ranges/range";
import { type CallsParams, tagLabels, type TagParam } from "./search-params";

interface FiltersProps {
  params: CallsParams;
  setParams: (next: Partial<CallsParams>) => void;
  now: string;
}

interface Chip {
  key: string;
  label: string;
  value: string;
  remove: Partial<CallsParams>;
}

const tagParams = Object.keys(tagLabels).filter((name): name is TagParam => name in tagLabels);

/** Null rather than an empty list, so that the URL says nothing. */
function without<T>(list: readonly T[], value: T): T[] | null {
  const rest = list.filter((one) => one !== value);
  return rest.length === 0 ? null : rest;
}

function chipsOf(params: CallsParams): Chip[] {
  const tags = tagParams.flatMap((name) =>
    (params[name] ?? []).map((value) => ({
      key: `${name}:${value}`,
      label: tagLabels[name],
      value,
      remove: { [name]: without(params[name] ?? [], value) },
    })),
  );
  const statuses = (params.status ?? []).map((value) => ({
    key: `status:${value}`,
    label: "Price",
    value,
    remove: { status: without(params.status ?? [], value) },
  }));
  const missing = (params.without ?? []).map((value) => ({
    key: `without:${value}`,
    label: "Without",
    value,
    remove: { without: without(params.without ?? [], value) },
  }));
  return [...tags, ...statuses, ...missing];
}

function PeriodSelect({ params, setParams, now }: FiltersProps) {
  const { timeZone } = useTenant();
  const today = localDay(new Date(now), timeZone);
  const presets = [
    { label: "Today", days: lastDays(1, today) },
    { label: "Last 7 days", days: lastDays(7, today) },
    { label: "Last 30 days", days: lastDays(30, today) },
    { label: "Last 90 days", days: lastDays(90, today) },
    { label: "Any time", days: { from: "2000-01-01", to: null } },
  ];
  const { from, to } = params;
  const chosen = presets.find((preset) => preset.days.from === from && preset.days.to === to);
  const custom =
    from !== null && !chosen
      ? `${formatDay(from)} – ${to === null ? "now" : formatDay(addDays(to, -1))}`
      : null;
  return (
    <Select
      aria-label="Period"
      className="w-auto"
      value={chosen?.label ?? (custom === null ? "any" : "custom")}
      onChange={(event) => {
        const preset = presets.find((one) => one.label === event.target.value);
        setParams(preset ? preset.days : { from: null, to: null });
      }}
    >
      <option value="any">Latest 35 days</option>
      {presets.map((preset) => (
        <option key={preset.label}>{preset.label}</option>
      ))}
      {custom !== null && <option value="custom">{custom}</option>}
    </Select>
  );
}

function AddFilter({ params, setParams }: Pick<FiltersProps, "params" | "setParams">) {
  const [name, setName] = useState<TagParam>("feature");
  const [value, setValue] = useState("");
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    const wanted = value.trim();
    if (wanted === "") return;
    setParams({ [name]: [...new Set([...(params[name] ?? []), wanted])] });
    setValue("");
  };
  return (
    <form onSubmit={add} className="flex min-w-0 basis-full gap-2 sm:basis-auto">
      <Select
        aria-label="Filter by"
        className="w-auto"
        value={name}
        onChange={(event) => setName(tagParams.find((one) => one === event.target.value) ?? "feature")}
      >
        {tagParams.map((one) => (
          <option key={one} value={one}>
            {tagLabels[one]}
          </option>
        ))}
      </Select>
      <Input
        aria-label={`${tagLabels[name]} is`}
        placeholder={`${tagLabels[name]} is exactly …`}
        className="sm:w-48"
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      <Button type="submit" size="icon" aria-label="Add the filter" disabled={value.trim() === ""}>
        <Plus />
      </Button>
    </form>
  );
}

export function Filters({ params, setParams, now }: FiltersProps) {
  const chips = chipsOf(params);
  return (
    <div className="mb-4 space-y-2.5">
      <div className="flex flex-wrap gap-2">
        <PeriodSelect params={params} setParams={setParams} now={now} />
        <Select
          aria-label="Price status"
          className="w-auto"
          value={params.status?.[0] ?? ""}
          onChange={(event) => {
            const status = statusOptions.find((option) => option === event.target.value);
            setParams({ status: status ? [status] : null });
          }}
        >
          <option value="">Any price status</option>
          {statusOptions.map((status) => (
            <option key={status}>{status}</option>
          ))}
        </Select>
        <AddFilter params={params} setParams={setParams} />
      </div>
      {chips.length > 0 && (
        <ul className="flex flex-wrap gap-1.5" aria-label="Filters">
          {chips.map((chip) => (
            <li
              key={chip.key}
              className="inline-flex h-6.5 max-w-full items-center rounded-md border border-accent-line bg-accent-soft pl-2 text-xs"
            >
              <span className="mr-1 text-ink-muted">{chip.label}</span>
              <span className="truncate font-medium">{chip.value}</span>
              <button
                type="button"
                aria-label={`Remove ${chip.label} ${chip.value}`}
                onClick={() => setParams(chip.remove)}
                className="ml-0.5 grid size-6 place-items-center rounded-md text-ink-muted hover:text-ink"
              >
                <X className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const statusOptions = ["priced", "partial", "unpriced", "reported", "estimated"] as const;
