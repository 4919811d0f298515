"use client";

import type { ReactNode } from "react";
import { type RuleCondition, type RuleSets, settableFields } from "@/server/attribution/schemas";
import { useKeyNames } from "../../_components/names";
import { conditionWords, settableLabels } from "./rule-words";

function Term({ children }: { children: ReactNode }) {
  return (
    <li className="inline-flex max-w-full items-center gap-1 rounded-md border bg-sunken px-1.5 py-0.5 text-xs">
      {children}
    </li>
  );
}

/** When a rule holds and what it then says, as one reads it. */
export function RuleTerms({ conditions, sets }: { conditions: readonly RuleCondition[]; sets: RuleSets }) {
  const keyNames = useKeyNames();
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 text-xs text-ink-muted">
      <span>When</span>
      <ul className="flex min-w-0 flex-wrap items-center gap-1.5">
        {conditions.map((condition, at) => {
          const { field, operator, value } = conditionWords(condition, keyNames);
          return (
            <Term key={at}>
              <span className="whitespace-nowrap">
                {field} {operator}
              </span>
              {value !== null && <span className="truncate font-medium text-ink">{value}</span>}
            </Term>
          );
        })}
      </ul>
      <span>then</span>
      <ul className="flex min-w-0 flex-wrap items-center gap-1.5">
        {settableFields.map((field) => {
          const value = sets[field];
          if (value === undefined) return null;
          return (
            <Term key={field}>
              {settableLabels[field]} =<span className="truncate font-medium text-ink">{value}</span>
            </Term>
          );
        })}
      </ul>
    </div>
  );
}
