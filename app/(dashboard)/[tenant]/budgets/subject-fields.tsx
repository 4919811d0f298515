"use client";

import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { useTRPC } from "@/app/_trpc/client";
import { budgetSubjectKinds } from "@/server/budgets/schemas";
import { localDay } from "@/server/calendar/local-day";
import { useTenant } from "../_components/tenant-context";
import { type DraftBudget, withKind } from "./draft-budget";
import { lastMonth } from "./use-suggested-amount";
import { kindLabels } from "./words";

interface SubjectFieldsProps {
  draft: DraftBudget;
  onDraft: (draft: DraftBudget) => void;
  now: Date;
  error: Parameters<typeof fieldError>[0];
}

/** Whom a new budget is for: names that calls were tagged with are offered. */
export function SubjectFields({ draft, onDraft, now, error }: SubjectFieldsProps) {
  const { timeZone } = useTenant();
  const listId = useId();
  const { kind } = draft;
  const names = useQuery(
    useTRPC().reports.values.queryOptions(
      kind === "tenant"
        ? skipToken
        : { from: lastMonth(now, timeZone).from, to: localDay(now, timeZone), tag: kind },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <>
      <Field label="Budget of">
        {(ids) => (
          <Select
            {...ids}
            value={draft.kind}
            onChange={({ target }) => {
              const next = budgetSubjectKinds.find((one) => one === target.value);
              if (next) onDraft(withKind(draft, next));
            }}
          >
            {budgetSubjectKinds.map((one) => (
              <option key={one} value={one}>
                {kindLabels[one]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {kind !== "tenant" && (
        <Field label="Name" hint="As calls are tagged with it." error={fieldError(error, "subject.key")}>
          {(ids) => (
            <>
              <Input
                {...ids}
                required
                list={listId}
                maxLength={512}
                autoComplete="off"
                spellCheck={false}
                value={draft.key}
                onChange={({ target }) => onDraft({ ...draft, key: target.value })}
              />
              <datalist id={listId}>
                {names.data?.values.map(
                  ({ value }) => value !== null && <option key={value} value={value} />,
                )}
              </datalist>
            </>
          )}
        </Field>
      )}
    </>
  );
}
