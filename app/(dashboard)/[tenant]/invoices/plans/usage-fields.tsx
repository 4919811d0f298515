import { Field, Input, Textarea } from "@/app/_components/ui/field";
import { tokenBuckets } from "@/server/prices/buckets";
import type { DraftComponent } from "./draft-plan";
import { classWords } from "./terms-words";

interface UsageFieldsProps {
  draft: DraftComponent;
  onChange: (part: Partial<DraftComponent>) => void;
  /** Of a field below the component. */
  errorOf: (field: string) => string | undefined;
}

/** Which usage a component is of, and how much of it is free. Nothing chosen is all of it. */
export function UsageFields({ draft, onChange, errorOf }: UsageFieldsProps) {
  const { kind, measure, tokenClasses, models, features, included } = draft;
  const countsTokens = kind === "per_token" || (kind === "tiers" && measure === "tokens");
  const units = countsTokens ? "tokens" : kind === "tiers" && measure === "cost" ? "USD of cost" : "calls";
  const isNarrowed = tokenClasses.length > 0 || models !== "" || features !== "" || included !== "";
  return (
    <details className="rounded-md border" open={isNarrowed}>
      <summary className="px-3 py-2 text-sm font-medium">
        Only some usage{kind === "cost_plus" ? "" : ", and what is free"}
      </summary>
      <div className="space-y-4 border-t px-3 py-3">
        {kind !== "cost_plus" && (
          <Field
            label={`Free each month, in ${units}`}
            hint="Whole units, before any are charged."
            error={errorOf("included")}
          >
            {(ids) => (
              <Input
                {...ids}
                inputMode="numeric"
                className="max-w-48"
                placeholder="0"
                value={included}
                onChange={({ target }) => onChange({ included: target.value })}
              />
            )}
          </Field>
        )}
        {countsTokens && (
          <fieldset>
            <legend className="mb-1.5 text-sm font-medium">Tokens</legend>
            <div className="flex flex-wrap gap-x-4 gap-y-1.5">
              {tokenBuckets.map((bucket) => (
                <label key={bucket} className="flex items-center gap-2 text-sm">
                  <input
                    type="checkbox"
                    className="accent-accent"
                    checked={tokenClasses.includes(bucket)}
                    onChange={({ target }) =>
                      onChange({
                        tokenClasses: tokenBuckets.filter((one) =>
                          one === bucket ? target.checked : tokenClasses.includes(one),
                        ),
                      })
                    }
                  />
                  {classWords[bucket]}
                </label>
              ))}
            </div>
            <p className="mt-1.5 text-xs text-ink-muted">
              {errorOf("tokenClasses") ?? "None chosen: all of them."}
            </p>
          </fieldset>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Models" hint="As calls name them, one a line. Empty: all." error={errorOf("models")}>
            {(ids) => (
              <Textarea
                {...ids}
                spellCheck={false}
                value={models}
                onChange={({ target }) => onChange({ models: target.value })}
              />
            )}
          </Field>
          <Field label="Features" hint="One a line. Empty: all." error={errorOf("features")}>
            {(ids) => (
              <Textarea
                {...ids}
                spellCheck={false}
                value={features}
                onChange={({ target }) => onChange({ features: target.value })}
              />
            )}
          </Field>
        </div>
      </div>
    </details>
  );
}
