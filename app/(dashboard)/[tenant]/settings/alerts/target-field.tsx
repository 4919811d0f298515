"use client";

import { Field, Input } from "@/app/_components/ui/field";
import type { DestinationKind } from "@/server/delivery/schemas";

const texts = {
  slack: {
    label: "Webhook URL",
    placeholder: "https://hooks.slack.com/services/…",
    hint: "In Slack: your app, Incoming Webhooks, Add New Webhook to Workspace, choose the channel. Kept encrypted, and never shown again.",
  },
  webhook: {
    label: "Address",
    placeholder: "https://alerts.example.com/hook",
    hint: "We post JSON there, signed as Standard Webhooks says. Kept encrypted; only its host is shown again.",
  },
  email: {
    label: "Addresses",
    placeholder: "ann@example.com, team@example.com",
    hint: "Up to ten, with commas between them. Each message is one mail to all of them.",
  },
} as const satisfies Record<DestinationKind, { label: string; placeholder: string; hint: string }>;

interface TargetFieldProps {
  kind: DestinationKind;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  /** Left empty, it stays as it is. */
  isChange?: boolean;
}

export function TargetField({ kind, value, onChange, error, isChange = false }: TargetFieldProps) {
  const { label, placeholder, hint } = texts[kind];
  return (
    <Field
      label={isChange ? `Another ${label.toLowerCase().replace("url", "URL")}` : label}
      hint={isChange ? `Left empty, it stays as it is. ${hint}` : hint}
      error={error}
    >
      {(ids) => (
        <Input
          {...ids}
          required={!isChange}
          maxLength={2_600}
          autoComplete="off"
          spellCheck={false}
          inputMode={kind === "email" ? "email" : "url"}
          placeholder={isChange ? "" : placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** What a person typed there, as the server takes it. */
export function targetOf(kind: DestinationKind, typed: string): { url: string } | { to: string[] } {
  if (kind !== "email") return { url: typed.trim() };
  return {
    to: typed
      .split(/[\s,;]+/)
      .map((address) => address.trim())
      .filter((address) => address !== ""),
  };
}
