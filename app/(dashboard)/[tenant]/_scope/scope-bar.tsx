"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { Callout } from "@/app/_components/ui/callout";
import { Link } from "@/app/_components/ui/link";
import { useTRPC } from "@/app/_trpc/client";
import { useRight } from "../_components/tenant-context";
import { ViewsMenu } from "../_views/views-menu";
import { AddFilter } from "./add-filter";
import { CompareMenu } from "./compare-menu";
import { FilterChips } from "./filter-chips";
import { GroupBySelect } from "./group-by-select";
import { IntervalChoice } from "./interval-choice";
import { control } from "./control";
import { knownPartWords } from "./known-part";
import { RangeMenu, ShiftButton } from "./range-menu";
import { conflictOf } from "./scope";
import { ScopeSheet } from "./scope-sheet";
import { useScope } from "./use-scope";
import { useScopeKeys } from "./use-scope-keys";
import { stretchWords } from "./words";

interface ScopeBarProps {
  /** The screen shows something over time, so that hours, days and months can be chosen from. */
  interval?: boolean;
  /** Towards the end of the bar, before the views. */
  children?: ReactNode;
}

/** Range, comparison, filters and group-by of a screen, as its address has them. Its keys work while it is there. */
export function ScopeBar({ interval = false, children }: ScopeBarProps) {
  const { offers } = useScope();
  const calendar = useRef<HTMLButtonElement>(null);
  useScopeKeys(() => calendar.current?.click());
  const hasFilters = offers.tags?.length !== 0;
  return (
    <section aria-label="Scope" className="mb-4 space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <div className="flex min-w-0 flex-1 items-center gap-0.5 sm:flex-none">
          <ShiftButton by={-1} />
          <div className="min-w-0 flex-1">
            <RangeMenu triggerRef={calendar} />
          </div>
          <ShiftButton by={1} />
        </div>
        <div className="sm:hidden">
          <ScopeSheet interval={interval} />
        </div>
        <div className="hidden flex-wrap items-center gap-2 sm:flex">
          {offers.compare !== false && <CompareMenu />}
          {hasFilters && <AddFilter />}
          {interval && <IntervalChoice />}
          <GroupBySelect className="w-auto" />
        </div>
        <div className="flex items-center gap-2 sm:ml-auto">
          {children}
          <ViewsMenu triggerClassName={control} />
        </div>
      </div>
      <FilterChips />
      <Periods />
      <Doubts />
    </section>
  );
}

/** The first call comes once: what was heard of it holds for the visit. */
const heardMs = 600_000;

/** The days themselves, whose they are, and those compared with, as far as they are known. */
function Periods() {
  const { scope, offers, now } = useScope();
  const { choice, stretch, compare, timeZone } = scope;
  const mayKnow = useRight("calls:read");
  const status = useQuery(
    useTRPC().onboarding.status.queryOptions(compare && mayKnow ? undefined : skipToken, {
      staleTime: heardMs,
    }),
  );
  return (
    <p className="figures text-2xs text-ink-faint">
      {choice === "all" && offers.anyTime ? "Any time" : stretchWords(stretch, timeZone, now)}
      {compare && (
        <>
          , compared with {stretchWords(compare, timeZone, now)}
          {knownPartWords(compare, status.data?.firstCallAt ?? null, timeZone, now)}
        </>
      )}
      <span className="whitespace-nowrap"> · days of {timeZone}</span>
    </p>
  );
}

/** What of the address is not applied, and what no report can answer: figures must not seem to be what was asked for. */
function Doubts() {
  const { scope, hrefOf } = useScope();
  const conflict = conflictOf(scope.filter, scope.groupBy);
  return (
    <>
      {scope.ignored.length > 0 && (
        <Callout tone="warn">
          Not understood here, and left out: <span className="font-medium">{scope.ignored.join(", ")}</span>
        </Callout>
      )}
      {conflict !== null && (
        <Callout
          tone="warn"
          action={
            <Link href={hrefOf("calls")} className="shrink-0 font-medium underline underline-offset-2">
              Show these calls
            </Link>
          }
        >
          {conflict}
        </Callout>
      )}
    </>
  );
}
