"use client";

import { type SubmitEvent, useId, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { Suggestion, suggestions, type KillItem } from "@/server/kill-review/schemas";
import { OwnerField } from "../../_components/owner-field";
import { useRight } from "../../_components/tenant-context";
import { suggestionWords } from "../words";
import { type DecisionDraft, draftOf, inputOf, type ShownDecision } from "./draft-decision";
import { EvidenceFacts } from "./evidence-facts";
import { useDecisionChanges } from "./use-decision-changes";

interface DecisionDialogProps {
  month: string;
  item: KillItem;
  /** What holds already; null: nothing was decided. */
  known: ShownDecision | null;
  /** The features that it could be merged into. */
  others: readonly string[];
  today: string;
  onClose: () => void;
}

/** Decides about one feature, with its evidence in sight. Another key makes it begin anew. */
export function DecisionDialog({ month, item, known, others, today, onClose }: DecisionDialogProps) {
  const formId = useId();
  const mayBudget = useRight("budgets:write");
  const changes = useDecisionChanges(month);
  const [draft, setDraft] = useState(() => draftOf(item, known, month, today));
  const change = (part: Partial<DecisionDraft>) => setDraft({ ...draft, ...part });
  const input = inputOf(draft, month, item.feature);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const amount = draft.decision === "throttle" && draft.amount !== "" ? draft.amount : null;
    // A refusal is shown in the form.
    if (input) void changes.decide(input, amount).then(onClose, () => undefined);
  };
  return (
    <Dialog
      side
      open
      onClose={onClose}
      title={`Decide about ${item.feature}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={input === null || changes.isBusy}>
            Save the decision
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-5">
        <Field label="Decision">
          {(ids) => (
            <Select
              {...ids}
              value={draft.decision}
              onChange={({ target }) => change({ decision: Suggestion.parse(target.value) })}
            >
              {suggestions.map((one) => (
                <option key={one} value={one}>
                  {suggestionWords[one]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {draft.decision === "merge" && (
          <Field
            label="Merge into"
            hint="It takes the users over; the saving is measured of both."
            error={fieldError(changes.error, "mergeInto")}
          >
            {(ids) => (
              <Select
                {...ids}
                required
                value={draft.mergeInto}
                onChange={({ target }) => change({ mergeInto: target.value })}
              >
                <option value="">Choose a feature</option>
                {others.map((feature) => (
                  <option key={feature} value={feature}>
                    {feature}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field
          label="Reason"
          hint="Why, for whoever asks in a year."
          error={fieldError(changes.error, "reason")}
        >
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={1_000}
              value={draft.reason}
              onChange={({ target }) => change({ reason: target.value })}
            />
          )}
        </Field>
        <OwnerField
          hint="Who sees to it; one of the members."
          error={fieldError(changes.error, "ownerId")}
          value={draft.ownerId}
          onChange={(ownerId) => change({ ownerId })}
        />
        {draft.decision !== "keep" && (
          <Field
            label="Due on"
            hint="Its last day. From the day after on what is spent is held against the forecast that is made now."
            error={fieldError(changes.error, "dueOn")}
          >
            {(ids) => (
              <Input
                {...ids}
                required
                type="date"
                className="max-w-48"
                value={draft.dueOn}
                onChange={({ target }) => change({ dueOn: target.value })}
              />
            )}
          </Field>
        )}
        {draft.decision === "throttle" && mayBudget && (
          <Field
            label="Monthly budget in USD"
            hint="Optional: a budget for the feature from now on; the gate can hold apps to it."
          >
            {(ids) => (
              <Input
                {...ids}
                inputMode="decimal"
                pattern="\d{1,8}(\.\d{1,2})?"
                className="max-w-48"
                value={draft.amount}
                onChange={({ target }) => change({ amount: target.value })}
              />
            )}
          </Field>
        )}
        {changes.error && <Callout tone="bad">{errorSentence(changes.error)}</Callout>}
        <div className="border-t pt-4">
          <EvidenceFacts evidence={item.evidence} />
        </div>
      </form>
    </Dialog>
  );
}
