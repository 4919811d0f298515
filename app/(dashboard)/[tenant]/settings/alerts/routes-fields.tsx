"use client";

import { Field, Input } from "@/app/_components/ui/field";
import { ruleNames } from "@/server/delivery/rule-names";
import { ruleIds, severities } from "@/server/incidents/schemas";
import { type DraftRoutes, toggled } from "./draft-routes";

interface RoutesFieldsProps {
  draft: DraftRoutes;
  onChange: (part: Partial<DraftRoutes>) => void;
  error: string | undefined;
}

/** Which incidents go there. Nothing chosen lets all of them through. */
export function RoutesFields({ draft, onChange, error }: RoutesFieldsProps) {
  return (
    <>
      <Field
        label="Teams"
        hint="Names with commas between them. Left empty, incidents of all teams and of nobody's go there."
        error={error}
      >
        {(ids) => (
          <Input
            {...ids}
            spellCheck={false}
            placeholder="every team"
            value={draft.teams}
            onChange={(event) => onChange({ teams: event.target.value })}
          />
        )}
      </Field>
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">Severities</legend>
        <div className="flex flex-wrap gap-x-4 gap-y-1.5">
          {severities.map((severity) => (
            <label key={severity} className="flex items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="accent-accent"
                checked={draft.severities.includes(severity)}
                onChange={(event) =>
                  onChange({ severities: toggled(draft.severities, severity, event.target.checked) })
                }
              />
              {severity}
            </label>
          ))}
        </div>
        <p className="mt-1.5 text-xs text-ink-muted">None chosen: all of them.</p>
      </fieldset>
      <details className="rounded-md border" open={draft.rules.length > 0}>
        <summary className="px-3 py-2 text-sm font-medium">Only some rules</summary>
        <fieldset className="border-t px-3 py-2">
          <legend className="sr-only">Rules</legend>
          <div className="grid gap-1.5 sm:grid-cols-2">
            {ruleIds.map((rule) => (
              <label key={rule} className="flex items-start gap-2 text-sm">
                <input
                  type="checkbox"
                  className="mt-1 accent-accent"
                  checked={draft.rules.includes(rule)}
                  onChange={(event) => onChange({ rules: toggled(draft.rules, rule, event.target.checked) })}
                />
                {ruleNames[rule]}
              </label>
            ))}
          </div>
        </fieldset>
      </details>
    </>
  );
}
