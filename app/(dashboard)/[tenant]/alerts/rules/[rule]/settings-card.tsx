"use client";

import { type SubmitEvent, useId } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Field, Input } from "@/app/_components/ui/field";
import { paramsOf } from "@/server/alerts/schemas";
import type { IncidentSubject, RuleId } from "@/server/incidents/schemas";
import { useRight } from "../../../_components/tenant-context";
import { subjectName } from "../../words";
import { unitWords, valueWords } from "../param-words";
import { boundsWords, type DraftRule } from "./draft-rule";

interface SettingsCardProps {
  rule: RuleId;
  subject: IncidentSubject | null;
  draft: DraftRule;
  faults: Record<string, string>;
  onChange: (part: Partial<DraftRule>) => void;
  /** Whether there is something to be taken back. */
  isKept: boolean;
  canSave: boolean;
  error: Parameters<typeof fieldError>[0];
  onSave: () => void;
  onReset: () => void;
}

/** A rule's switch and its parameters, each with its unit and its bounds. Who may not write reads them. */
export function SettingsCard(props: SettingsCardProps) {
  const { rule, subject, draft, faults, onChange, isKept, canSave, error, onSave, onReset } = props;
  const mayWrite = useRight("alerts:write");
  const formId = useId();
  const switchId = useId();
  const params = Object.entries(paramsOf(rule));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <Card>
      <CardHeader
        title={subject ? `As it is set for ${subjectName(subject)}` : "As it is set"}
        hint={
          subject
            ? "What you leave alone goes on as it is set for everything."
            : "For everything that the rule looks at, but for its exceptions."
        }
      />
      <form id={formId} onSubmit={submit} className="space-y-5 border-t px-4 py-4 sm:px-5">
        <label htmlFor={switchId} className="flex items-center gap-2.5 text-sm font-medium">
          <input
            id={switchId}
            type="checkbox"
            disabled={!mayWrite}
            checked={draft.enabled}
            onChange={({ target }) => onChange({ enabled: target.checked })}
            className="size-4 accent-[var(--accent)]"
          />
          The rule is on
        </label>
        {params.length === 0 ? (
          <p className="text-sm text-ink-muted">
            {rule === "budget"
              ? "Its thresholds are those of each budget: change them there."
              : "There is nothing to be set."}
          </p>
        ) : (
          <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
            {params.map(([name, param]) => (
              <Field
                key={name}
                label={param.label}
                hint={`${boundsWords(param)}; delivered with ${valueWords(param.usual, param.unit)}.`}
                error={faults[name] ?? fieldError(error, `params.${name}`)}
              >
                {(ids) => (
                  <span className="flex items-center gap-2">
                    <Input
                      {...ids}
                      required
                      inputMode="decimal"
                      autoComplete="off"
                      className="figures max-w-36"
                      disabled={!mayWrite}
                      value={draft.values[name] ?? ""}
                      onChange={({ target }) =>
                        onChange({ values: { ...draft.values, [name]: target.value } })
                      }
                    />
                    <span className="text-sm text-ink-muted">{unitWords[param.unit]}</span>
                  </span>
                )}
              </Field>
            ))}
          </div>
        )}
        {mayWrite && (
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" disabled={!canSave}>
              Save
            </Button>
            <Button disabled={!isKept} onClick={onReset}>
              {subject ? "As for everything" : "Reset to default"}
            </Button>
          </div>
        )}
      </form>
    </Card>
  );
}
