"use client";

import { X } from "lucide-react";
import { type FilterPart, partWords, writeFilterPart } from "./filters";
import { useScope } from "./use-scope";

function turned(part: FilterPart): FilterPart | null {
  if (part.operator === "contains") return null;
  return { ...part, operator: part.operator === "is" ? "not" : "is" };
}

/** What the screen is narrowed by. A chip turns into its opposite, or goes. */
export function FilterChips() {
  const { scope, setParts, removePart } = useScope();
  const { parts } = scope;
  if (parts.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <ul className="contents" aria-label="Filters">
        {parts.map((part) => {
          const { label, relation, value } = partWords(part);
          const opposite = turned(part);
          return (
            <li
              key={writeFilterPart(part)}
              className="inline-flex h-6.5 max-w-full items-center rounded-md border border-accent-line bg-accent-soft pl-2 text-xs"
            >
              <span className="mr-1 shrink-0 text-ink-muted">{label}</span>
              {opposite ? (
                <button
                  type="button"
                  title={`Turn into “${partWords(opposite).relation} ${partWords(opposite).value}”`}
                  onClick={() => setParts(parts.map((one) => (one === part ? opposite : one)))}
                  className="mr-1 shrink-0 rounded-sm text-ink-muted underline decoration-dotted underline-offset-2 hover:text-ink"
                >
                  {relation}
                </button>
              ) : (
                <span className="mr-1 shrink-0 text-ink-muted">{relation}</span>
              )}
              <span className={part.value === null ? "italic" : "truncate font-medium"} title={value}>
                {value}
              </span>
              <button
                type="button"
                aria-label={`Remove ${label} ${relation} ${value}`}
                onClick={() => removePart(part)}
                className="ml-0.5 grid size-6 shrink-0 place-items-center rounded-md text-ink-muted hover:text-ink"
              >
                <X className="size-3" />
              </button>
            </li>
          );
        })}
      </ul>
      {parts.length > 1 && (
        <button
          type="button"
          onClick={() => setParts([])}
          className="rounded-sm px-1 text-xs text-ink-muted underline-offset-2 hover:text-ink hover:underline"
        >
          Clear all
        </button>
      )}
    </div>
  );
}
