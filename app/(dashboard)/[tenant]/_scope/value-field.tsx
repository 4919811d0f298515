"use client";

import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useState } from "react";
import { cn } from "@/app/_components/ui/class-names";
import { Input } from "@/app/_components/ui/field";
import { formatTotal } from "@/app/_format/money";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { closedValues, type FilterTag, isGrouping, type Operator, relations, tagLabels } from "./filters";
import { suggest, type Suggestion } from "./suggestions";
import { useScope } from "./use-scope";
import { useSettled } from "./use-settled";

interface ValueFieldProps {
  tag: FilterTag;
  operator: Operator;
  onPick: (value: string | null) => void;
}

/** The values that the tag had in the range, the dearest first, and a field to look for another. */
export function ValueField({ tag, operator, onPick }: ValueFieldProps) {
  const { scope } = useScope();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const search = useSettled(typed.trim());
  const isKnown = isGrouping(tag) && closedValues[tag] === undefined;
  const found = useQuery(
    useTRPC().reports.values.queryOptions(
      isGrouping(tag) && isKnown ? { ...scope.stretch, tag, ...(search !== "" && { search }) } : skipToken,
      { placeholderData: keepPreviousData },
    ),
  );
  const isWord = operator === "contains";
  const all = suggest(tag, typed, found.data?.values ?? []);
  // A part of a value is what is typed; the list only shows what it would find.
  const list = isWord ? all.filter(({ value }) => value !== null && value !== typed.trim()) : all;
  const pick = (suggestion: Suggestion | undefined) => {
    if (isWord) {
      if (typed.trim() !== "") onPick(typed.trim());
    } else if (suggestion) onPick(suggestion.value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, list.length - 1));
    if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    if (event.key === "Enter") pick(list[at]);
    if (["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) event.preventDefault();
  };
  return (
    <div>
      <Input
        role="combobox"
        aria-label={`${tagLabels[tag]} ${relations[operator]}`}
        aria-expanded={list.length > 0}
        aria-controls={listId}
        aria-activedescendant={!isWord && list[at] ? `${listId}-${String(at)}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={256}
        placeholder={isWord ? "A part of it, then Enter" : "Search or choose"}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {found.isError && (
        <p role="alert" className="px-2 pt-2 text-xs text-bad">
          {errorSentence(found.error)}
        </p>
      )}
      <ul
        id={listId}
        role="listbox"
        aria-label={`Values of ${tagLabels[tag]}`}
        className={cn("mt-1.5 max-h-64 overflow-y-auto", found.isPlaceholderData && "opacity-60")}
      >
        {list.map(({ value, costUsd, isTyped }, index) => (
          <li
            key={value ?? "\u0000"}
            id={`${listId}-${String(index)}`}
            role="option"
            aria-selected={!isWord && index === at}
            onClick={() => onPick(value)}
            onPointerEnter={() => setAt(index)}
            className={cn(
              "flex h-8 cursor-pointer items-center justify-between gap-4 rounded-md px-2 text-sm",
              !isWord && index === at && "bg-sunken",
            )}
          >
            <span
              className={cn("truncate", value === null && "text-ink-muted italic")}
              title={value ?? undefined}
            >
              {isTyped ? `“${value ?? ""}”, as typed` : (value ?? `no ${tagLabels[tag].toLowerCase()}`)}
            </span>
            {costUsd !== null && (
              <span className="figures shrink-0 text-xs text-ink-faint">{formatTotal(costUsd)}</span>
            )}
          </li>
        ))}
      </ul>
      {isKnown && list.length === 0 && !found.isError && (
        <p className="px-2 py-1.5 text-sm text-ink-muted" role="status">
          {found.isPending ? "Loading …" : typed === "" ? "No calls in this range" : "Nothing in this range"}
        </p>
      )}
    </div>
  );
}
