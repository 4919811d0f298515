"use client";

import { CalendarDays, Check, ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/class-names";
import { Popover } from "@/app/_components/ui/popover";
import { formatOffset } from "@/app/_format/dates";
import { control } from "./control";
import { DaysCalendar } from "./lazy-calendar";
import { rangeKeys } from "./keys";
import { rangeParams } from "./params";
import { type RangeToken, rangeTokens, shiftRange } from "./range";
import { useScope } from "./use-scope";
import { choiceWords, rangeWords } from "./words";

function Presets({ onPick }: { onPick: (range: RangeToken) => void }) {
  const { scope, offers } = useScope();
  return (
    <ul className="grid grid-cols-2 gap-x-1 sm:block sm:w-44" aria-label="Usual ranges">
      {(offers.ranges ?? rangeTokens).map((range) => (
        <li key={range}>
          <button
            type="button"
            aria-pressed={scope.choice === range}
            onClick={() => onPick(range)}
            className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-sunken aria-pressed:font-medium sm:h-7.5"
          >
            <Check
              aria-hidden
              className={cn("size-3.5 shrink-0 text-accent", scope.choice !== range && "invisible")}
            />
            <span className="flex-1 truncate">{rangeWords(range, offers)}</span>
            {rangeKeys[range] !== undefined && (
              <kbd aria-hidden className="hidden font-sans text-2xs text-ink-faint uppercase sm:inline">
                {rangeKeys[range]}
              </kbd>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The usual ranges and a calendar; says whose days they are. */
export function RangeMenu({ triggerRef }: { triggerRef: RefObject<HTMLButtonElement | null> }) {
  const { scope, offers, now, set } = useScope();
  const { timeZone } = scope;
  return (
    <Popover
      triggerRef={triggerRef}
      label={`Range: ${choiceWords(scope.choice, offers, timeZone, now)}`}
      triggerClassName={cn(control, "w-full justify-between sm:w-auto")}
      panelClassName="top-full left-0 mt-1 w-80 p-3 sm:w-auto"
      trigger={
        <>
          <CalendarDays aria-hidden />
          <span className="figures min-w-0 flex-1 truncate text-left">
            {choiceWords(scope.choice, offers, timeZone, now)}
          </span>
          <ChevronDown aria-hidden />
        </>
      }
    >
      {(close) => (
        <>
          <div className="flex flex-col gap-3 sm:flex-row">
            <Presets
              onPick={(range) => {
                set(rangeParams(range));
                close();
              }}
            />
            <div className="border-t pt-3 sm:border-t-0 sm:border-l sm:pt-0 sm:pl-3">
              <DaysCalendar
                key={scope.days.from + scope.days.to}
                days={scope.days}
                today={scope.today}
                timeZone={timeZone}
                mostDays={offers.mostDays}
                onApply={(days) => {
                  set(rangeParams(days));
                  close();
                }}
              />
            </div>
          </div>
          <p className="mt-3 border-t pt-2 text-2xs text-ink-faint">
            Days of {timeZone} ({formatOffset(timeZone, now)})
          </p>
        </>
      )}
    </Popover>
  );
}

/** The stretch of the same kind before or after. */
export function ShiftButton({ by }: { by: -1 | 1 }) {
  const { scope, now, set, offers } = useScope();
  const next = shiftRange(scope.choice, by, now, scope.timeZone);
  const isOffered =
    next !== null && (typeof next !== "string" || (offers.ranges ?? rangeTokens).includes(next));
  const name = by === -1 ? "The period before" : "The period after";
  return (
    <Button
      size="icon"
      variant="ghost"
      aria-label={name}
      title={`${name} (${by === -1 ? "←" : "→"})`}
      disabled={!isOffered}
      onClick={() => next && set(rangeParams(next))}
      className="hidden size-8.5 sm:inline-flex"
    >
      {by === -1 ? <ChevronLeft /> : <ChevronRight />}
    </Button>
  );
}
