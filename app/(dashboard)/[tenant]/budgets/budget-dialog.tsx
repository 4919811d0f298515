"use client";

import { type SubmitEvent, useId, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { Segmented } from "@/app/_components/ui/segmented";
import { errorSentence } from "@/app/_format/errors";
import { formatTotal } from "@/app/_format/money";
import { type BudgetSubject, SetBudgetInput } from "@/server/budgets/schemas";
import { OwnerField } from "../_components/owner-field";
import { useTenant } from "../_components/tenant-context";
import type { BudgetRow } from "./budgets";
import { EnforceBudget } from "./_gate/enforce-budget";
import { draftOf, emptyDraft, inputOf, isEnforcedMore } from "./draft-budget";
import { SubjectFields } from "./subject-fields";
import { suggestionOf } from "./suggestion";
import { useBudgetChanges } from "./use-budget-changes";
import { lastMonth, useSuggestedAmount } from "./use-suggested-amount";
import { enforcementWords, subjectName } from "./words";

const periods = [
  { value: "month", label: "A month" },
  { value: "day", label: "A day" },
] as const;

interface BudgetDialogProps {
  open: boolean;
  /** Null: a new one. */
  budget: BudgetRow["budget"] | null;
  /** Whom a new one is for; null: to be chosen. */
  subject: BudgetSubject | null;
  now: Date;
  onClose: () => void;
}

/** A new budget, or another amount for one. Another key makes it begin anew. */
export function BudgetDialog({ open, budget, subject, now, onClose }: BudgetDialogProps) {
  const { timeZone } = useTenant();
  const formId = useId();
  const changes = useBudgetChanges();
  const [draft, setDraft] = useState(() =>
    budget ? draftOf(budget) : emptyDraft(subject?.kind, subject?.key),
  );
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const isFixed = budget !== null || subject !== null;
  const lastUsd = useSuggestedAmount(draft, now, timeZone);
  const suggestion = lastUsd === null ? null : suggestionOf(lastUsd, draft.period, lastMonth(now, timeZone));
  const [isAsking, setIsAsking] = useState(false);
  const input = inputOf(draft);
  const enforced = SetBudgetInput.safeParse(input).data ?? null;
  const save = () => {
    // A refusal is shown in the form.
    if (input) void changes.set(input).then(onClose, () => undefined);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (enforced && isEnforcedMore(budget?.enforcement ?? null, draft.enforcement)) setIsAsking(true);
    else save();
  };
  return (
    <>
      <Dialog
        side
        open={open}
        onClose={onClose}
        title={budget ? `Change the budget of ${subjectName(budget.subject)}` : "New budget"}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" disabled={input === null || changes.isBusy}>
              {budget ? "Save the change" : "Save the budget"}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} className="space-y-5">
          {!isFixed && <SubjectFields draft={draft} onDraft={setDraft} now={now} error={changes.error} />}
          {budget === null && (
            <div>
              <p className="mb-1.5 text-sm font-medium">For</p>
              <Segmented
                label="For"
                value={draft.period}
                options={periods}
                onChange={(period) => change({ period })}
              />
            </div>
          )}
          <div className="space-y-2">
            <Field label="Amount in USD" error={fieldError(changes.error, "amountUsd")}>
              {(ids) => (
                <Input
                  {...ids}
                  required
                  inputMode="decimal"
                  className="max-w-48"
                  placeholder={suggestion?.amount ?? "1200"}
                  value={draft.amount}
                  onChange={({ target }) => change({ amount: target.value })}
                />
              )}
            </Field>
            {suggestion && (
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-muted">
                {suggestion.words}
                <Button size="sm" onClick={() => change({ amount: suggestion.amount })}>
                  Take {formatTotal(suggestion.amount)}
                </Button>
              </p>
            )}
          </div>
          <Field
            label="Tell at"
            hint="Per cent of the amount, with commas between."
            error={fieldError(changes.error, "thresholds")}
          >
            {(ids) => (
              <Input
                {...ids}
                required
                className="max-w-48"
                value={draft.thresholds}
                onChange={({ target }) => change({ thresholds: target.value })}
              />
            )}
          </Field>
          <OwnerField
            hint="Who answers for it; one of the members."
            error={fieldError(changes.error, "ownerId")}
            value={draft.ownerId}
            onChange={(ownerId) => change({ ownerId })}
          />
          <Field label="At the gate" hint="For apps that ask the gate before each call.">
            {(ids) => (
              <Select
                {...ids}
                value={draft.enforcement}
                onChange={({ target: { value } }) => {
                  if (value === "none" || value === "ask" || value === "deny") change({ enforcement: value });
                }}
              >
                {Object.entries(enforcementWords).map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Note" error={fieldError(changes.error, "note")}>
            {(ids) => (
              <Input
                {...ids}
                maxLength={500}
                placeholder="Why so much"
                value={draft.note}
                onChange={({ target }) => change({ note: target.value })}
              />
            )}
          </Field>
          {changes.error && <Callout tone="bad">{errorSentence(changes.error)}</Callout>}
        </form>
      </Dialog>
      <EnforceBudget open={isAsking} budget={enforced} onConfirm={save} onClose={() => setIsAsking(false)} />
    </>
  );
}
