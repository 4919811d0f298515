"use client";

import { Badge } from "@/app/_components/ui/badge";
import { fieldError } from "@/app/_components/forms/field-error";
import { Field, Input } from "@/app/_components/ui/field";
import type { Mode } from "@/server/billing/schemas";
import { ModeBadge } from "../../stripe/mode-badge";

interface Failed {
  message: string;
  data?: { field?: string } | null;
}

export interface Secrets {
  apiKey: string;
  webhookSecret: string;
}

/** What the key's first letters say; null: nothing yet. */
export function modeOf(apiKey: string): Mode | null {
  const [, mode] = /^(?:rk|sk)_(test|live)_/.exec(apiKey.trim()) ?? [];
  return mode === "live" || mode === "test" ? mode : null;
}

interface KeyFieldsProps {
  value: Secrets;
  onChange: (part: Partial<Secrets>) => void;
  error: Failed | null;
  isKeyRequired: boolean;
  /** What is connected: a key of the other mode cannot take its place. */
  connected?: Mode;
}

/** Key and signing secret; whether they are of test or live mode is seen while one types. */
export function KeyFields({ value, onChange, error, isKeyRequired, connected }: KeyFieldsProps) {
  const mode = modeOf(value.apiKey);
  const isOther = mode !== null && connected !== undefined && mode !== connected;
  const isSecretKey = value.apiKey.trim().startsWith("sk_");
  return (
    <>
      <Field
        label={isKeyRequired ? "Restricted key" : "New restricted key"}
        hint="Kept encrypted, and never shown again."
        error={
          isOther
            ? `This key is of ${mode} mode; connected is ${connected} mode. Both never mix: disconnect first.`
            : fieldError(error, "apiKey")
        }
      >
        {(ids) => (
          <Input
            {...ids}
            required={isKeyRequired}
            type="password"
            autoComplete="off"
            spellCheck={false}
            placeholder="rk_live_…"
            value={value.apiKey}
            onChange={(event) => onChange({ apiKey: event.target.value })}
          />
        )}
      </Field>
      {(mode !== null || isSecretKey) && (
        <p className="-mt-2 flex flex-wrap items-center gap-2 text-xs text-ink-muted" aria-live="polite">
          {mode !== null && <ModeBadge mode={mode} />}
          {isSecretKey && <Badge tone="warn">a secret key may do everything; a restricted one is safer</Badge>}
        </p>
      )}
      <Field
        label={isKeyRequired ? "Signing secret of the webhook (optional)" : "New signing secret of the webhook"}
        hint="Without it, what Stripe refuses later is heard of with the next comparison only. It can be given later."
        error={fieldError(error, "webhookSecret")}
      >
        {(ids) => (
          <Input
            {...ids}
            type="password"
            autoComplete="off"
            spellCheck={false}
            placeholder="whsec_…"
            value={value.webhookSecret}
            onChange={(event) => onChange({ webhookSecret: event.target.value })}
          />
        )}
      </Field>
    </>
  );
} // prettier-ignore

/** Blank fields say nothing. */
export const given = ({ apiKey, webhookSecret }: Secrets) => ({
  ...(apiKey.trim() !== "" && { apiKey: apiKey.trim() }),
  ...(webhookSecret.trim() !== "" && { webhookSecret: webhookSecret.trim() }),
});
