"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { type DateRange, DayPicker } from "react-day-picker";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/class-names";
import type { Stretch } from "@/server/analytics/schemas";
import { addDays, type LocalDay } from "@/server/calendar/local-day";
import { daysBetween, longestDays } from "./moments";
import { stretchWords } from "./words";

interface DaysCalendarProps {
  /** What is chosen when it opens; `to` is not included. */
  days: { from: LocalDay; to: LocalDay };
  today: LocalDay;
  timeZone: string;
  /** Longest choice in days. */
  mostDays?: number;
  onApply: (days: Stretch) => void;
}

/** The calendar knows days of the browser's zone only; what it calls the 3rd is the 3rd all the same. */
function toDate(day: LocalDay): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

function toDay(date: Date): LocalDay {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const arrow =
  "grid size-7 place-items-center rounded-md text-ink-muted hover:bg-sunken hover:text-ink aria-disabled:opacity-30";
const looks = {
  root: "relative",
  month: "space-y-2",
  month_caption: "flex h-7 items-center justify-center text-sm font-medium",
  nav: "absolute inset-x-0 top-0 z-10 flex justify-between",
  button_previous: arrow,
  button_next: arrow,
  month_grid: "figures border-collapse",
  weekday: "size-9 text-2xs font-normal text-ink-faint sm:size-8",
  day: "p-0 text-center text-sm",
  day_button: "size-9 rounded-md hover:bg-sunken disabled:pointer-events-none sm:size-8",
  today: "font-semibold text-accent",
  outside: "text-ink-faint",
  disabled: "text-ink-faint opacity-40",
  range_start: "rounded-l-md bg-accent-soft [&>button]:bg-accent [&>button]:text-on-accent",
  range_end: "rounded-r-md bg-accent-soft [&>button]:bg-accent [&>button]:text-on-accent",
  range_middle: "bg-accent-soft text-ink",
} as const;

/** Two clicks, or arrows and Enter: the first day, then the last. Nothing happens before it is applied. */
export function DaysCalendar({ days, today, timeZone, mostDays = longestDays, onApply }: DaysCalendarProps) {
  const [range, setRange] = useState<DateRange | undefined>({
    from: toDate(days.from),
    to: toDate(addDays(days.to, -1)),
  });
  const [isFirst, setIsFirst] = useState(true);
  const stretch = range?.from && range.to && { from: toDay(range.from), to: addDays(toDay(range.to), 1) };
  const isTooLong = stretch !== undefined && daysBetween(stretch.from, stretch.to) > mostDays;
  return (
    <div className="mx-auto w-fit">
      <DayPicker
        mode="range"
        weekStartsOn={1}
        showOutsideDays
        classNames={looks}
        components={{
          Chevron: ({ orientation }) =>
            orientation === "left" ? <ChevronLeft className="size-4" /> : <ChevronRight className="size-4" />,
        }}
        today={toDate(today)}
        endMonth={toDate(today)}
        disabled={{ after: toDate(today) }}
        defaultMonth={toDate(addDays(days.to, -1) > today ? today : addDays(days.to, -1))}
        selected={range}
        onSelect={(_range, day) => {
          // A new choice begins with each first click, whatever was chosen before.
          setRange((chosen) =>
            isFirst || !chosen?.from
              ? { from: day, to: undefined }
              : day < chosen.from
                ? { from: day, to: chosen.from }
                : { from: chosen.from, to: day },
          );
          setIsFirst(!isFirst);
        }}
      />
      <div className="mt-3 flex items-center justify-between gap-3">
        <p className={cn("figures text-xs", isTooLong ? "text-bad" : "text-ink-muted")} aria-live="polite">
          {isTooLong
            ? `At most ${String(mostDays)} days`
            : stretch
              ? stretchWords(stretch, timeZone, toDate(today))
              : "Choose the last day"}
        </p>
        <Button
          size="sm"
          variant="primary"
          disabled={!stretch || isTooLong}
          onClick={() => stretch && onApply(stretch)}
        >
          Apply
        </Button>
      </div>
    </div>
  );
}
