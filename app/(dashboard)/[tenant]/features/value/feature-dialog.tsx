"use client";

import { useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import type { FeatureSetting } from "@/server/features/schemas";
import { OwnerField } from "../../_components/owner-field";
import { draftOf, inputOf, withMonth } from "./draft-feature";
import { MonthBoxes } from "./month-boxes";
import { useFeatureChanges } from "./use-feature-changes";

interface FeatureDialogProps {
  open: boolean;
  setting: FeatureSetting;
  onClose: () => void;
}

/** What holds for a feature: who answers for it, what its success is. Another key makes it begin anew. */
export function FeatureDialog({ open, setting, onClose }: FeatureDialogProps) {
  const { feature } = setting;
  const formId = useId();
  const events = useQuery(useTRPC().features.events.queryOptions({ feature }));
  const changes = useFeatureChanges();
  const [draft, setDraft] = useState(() => draftOf(setting));
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const input = inputOf(feature, draft);
  const seen = events.data?.events ?? [];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    // A refusal is shown in the form.
    if (input) void changes.set(input).then(onClose, () => undefined);
  };
  return (
    <Dialog
      side
      open={open}
      onClose={onClose}
      title={feature}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={input === null || changes.isBusy}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-5">
        <OwnerField
          hint="Who answers for it; one of the members."
          error={fieldError(changes.error, "ownerId")}
          value={draft.ownerId}
          onChange={(ownerId) => change({ ownerId })}
        />
        <Field
          label="Conversion"
          hint={
            events.isSuccess && seen.length === 0
              ? "No usage event was told with this feature yet; send one to /v1/track with its name."
              : "The usage event that is its success: what the cost per conversion divides by."
          }
          error={events.isError ? errorSentence(events.error) : fieldError(changes.error, "conversionEvent")}
        >
          {(ids) => (
            <Select
              {...ids}
              value={draft.conversionEvent}
              onChange={({ target }) => change({ conversionEvent: target.value })}
            >
              <option value="">None</option>
              {draft.conversionEvent !== "" && !seen.some(({ event }) => event === draft.conversionEvent) && (
                <option value={draft.conversionEvent}>{draft.conversionEvent}</option>
              )}
              {seen.map(({ event }) => (
                <option key={event} value={event}>
                  {event}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          label="Protected because"
          hint="With a reason no review suggests to kill it. Empty: it may."
          error={fieldError(changes.error, "protectedReason")}
        >
          {(ids) => (
            <Input
              {...ids}
              maxLength={500}
              placeholder="Promised to a customer until March"
              value={draft.protectedReason}
              onChange={({ target }) => change({ protectedReason: target.value })}
            />
          )}
        </Field>
        <MonthBoxes
          chosen={draft.seasonalMonths}
          onChange={(month, isIn) => setDraft(withMonth(draft, month, isIn))}
        />
        {changes.error && <Callout tone="bad">{errorSentence(changes.error)}</Callout>}
      </form>
    </Dialog>
  );
}
