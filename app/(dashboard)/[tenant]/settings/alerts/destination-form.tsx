"use client";

import { type ReactNode, type SubmitEvent, useId } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import type { DestinationKind } from "@/server/delivery/schemas";
import type { DraftRoutes } from "./draft-routes";
import { RoutesFields } from "./routes-fields";
import { TargetField } from "./target-field";

export interface DraftDestination extends DraftRoutes {
  name: string;
  target: string;
}

interface Failed {
  message: string;
  data?: { code: string; field?: string } | null;
}

interface DestinationFormProps {
  kind: DestinationKind;
  title: ReactNode;
  draft: DraftDestination;
  onChange: (part: Partial<DraftDestination>) => void;
  onSubmit: () => void;
  onClose: () => void;
  submitLabel: string;
  isPending: boolean;
  error: Failed | null;
  isChange?: boolean;
}

/** The server names the place in a list too: to.1, routes.teams.0. */
const startsWith = (error: Failed | null, field: string) =>
  error?.data?.field?.startsWith(`${field}.`) ? (error.data.field ?? field) : field;

/** What is asked of every destination, when it is added and when it is changed. */
export function DestinationForm(props: DestinationFormProps) {
  const { kind, title, draft, onChange, onSubmit, onClose, submitLabel, isPending, error } = props;
  const formId = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit();
  };
  const errors = {
    name: fieldError(error, "name"),
    target: fieldError(error, "url") ?? fieldError(error, startsWith(error, "to")),
    teams: fieldError(error, startsWith(error, "routes.teams")),
  };
  const isShown = Object.values(errors).some((sentence) => sentence !== undefined);
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={isPending}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        <Field label="Name" hint="What people call it here." error={errors.name}>
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={80}
              placeholder={kind === "slack" ? "#llm-spend" : ""}
              value={draft.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <TargetField
          kind={kind}
          value={draft.target}
          onChange={(target) => onChange({ target })}
          error={errors.target}
          isChange={props.isChange ?? false}
        />
        <RoutesFields draft={draft} onChange={onChange} error={errors.teams} />
        {error && !isShown && <Callout tone="bad">{errorSentence(error)}</Callout>}
      </form>
    </Dialog>
  );
}
