"use client";

import { ArrowLeftRight, ChevronDown } from "lucide-react";
import { Popover } from "@/app/_components/ui/popover";
import { type CompareMode, compareModes } from "./compare";
import { DaysCalendar } from "./lazy-calendar";
import { daysOf } from "./moments";
import { control } from "./control";
import { useScope } from "./use-scope";
import { compareWords, stretchWords } from "./words";

const off = { compare: "off", cfrom: null, cto: null } as const;

/** What to compare with, as a choice; also part of the sheet on a phone. */
export function CompareChoices({ onDone }: { onDone: () => void }) {
  const { scope, params, set, now } = useScope();
  const { compareChoice, compare, timeZone } = scope;
  const pick = (mode: CompareMode) => {
    if (mode === "custom") {
      const days = daysOf(compare ?? scope.stretch, timeZone);
      set({ compare: mode, cfrom: days.from, cto: days.to });
      return;
    }
    set(mode === "off" ? off : { compare: mode, cfrom: null, cto: null });
  };
  return (
    <div className="space-y-3">
      <fieldset className="space-y-0.5">
        <legend className="sr-only">Compare with</legend>
        {compareModes.map((mode) => (
          <label key={mode} className="flex h-8 items-center gap-2.5 rounded-md px-2 text-sm hover:bg-sunken">
            <input
              type="radio"
              name="compare"
              className="accent-accent"
              checked={compareChoice.mode === mode}
              onChange={() => pick(mode)}
            />
            {compareWords({ ...compareChoice, mode })}
          </label>
        ))}
      </fieldset>
      {(compareChoice.mode === "previous" || compareChoice.mode === "year") && (
        <label className="flex items-center gap-2.5 border-t px-2 pt-3 text-sm">
          <input
            type="checkbox"
            className="accent-accent"
            checked={params.match === "weekday"}
            onChange={(event) => set({ match: event.target.checked ? "weekday" : null })}
          />
          Match the day of the week
        </label>
      )}
      {compareChoice.mode === "custom" && compare && (
        <div className="border-t pt-3">
          <DaysCalendar
            key={compare.from + compare.to}
            days={daysOf(compare, timeZone)}
            today={scope.today}
            timeZone={timeZone}
            onApply={(days) => {
              set({ compare: "custom", cfrom: days.from, cto: days.to });
              onDone();
            }}
          />
        </div>
      )}
      {compare && compareChoice.mode !== "custom" && (
        <p className="figures px-2 text-2xs text-ink-faint">{stretchWords(compare, timeZone, now)}</p>
      )}
    </div>
  );
}

export function CompareMenu() {
  const { scope } = useScope();
  const words = compareWords(scope.compareChoice);
  return (
    <Popover
      label={`Compare: ${words}`}
      title="Compare (X)"
      triggerClassName={control}
      panelClassName="top-full left-0 mt-1 w-72 p-2"
      trigger={
        <>
          <ArrowLeftRight aria-hidden />
          <span className={scope.compare ? "" : "text-ink-muted"}>{words}</span>
          <ChevronDown aria-hidden />
        </>
      }
    >
      {(close) => <CompareChoices onDone={close} />}
    </Popover>
  );
}
