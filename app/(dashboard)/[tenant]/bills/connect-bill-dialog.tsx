"use client";

import { useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import type { ReportProvider } from "@/server/provider-bills/schemas";
import { ConnectionDialog } from "../settings/sources/connection-dialog";
import { isAboutField } from "../settings/sources/use-add-connection";
import { useBillChanges } from "./use-bill-changes";
import { providerName } from "./words";

const fields = ["name", "credentials", "credentials.adminKey", "settings.covers", "baseUrl"];
const stretches = [
  [35, "35 days"],
  [90, "90 days"],
  [180, "180 days"],
  [365, "1 year"],
] as const;
const keys: Record<ReportProvider, string> = { openai: "sk-admin-…", anthropic: "sk-ant-admin…" };

/** Ids, one a line or with commas; null: all of them. */
export function coversOf(text: string): string[] | null {
  const ids = text.split(/[\s,]+/).filter((id) => id !== "");
  return ids.length === 0 ? null : [...new Set(ids)];
}

export function ConnectBillDialog({ provider, onClose }: { provider: ReportProvider; onClose: () => void }) {
  const { connect } = useBillChanges();
  const [name, setName] = useState(providerName(provider));
  const [adminKey, setAdminKey] = useState("");
  const [daysBack, setDaysBack] = useState(90);
  const [covers, setCovers] = useState("");
  const [netOfDiscounts, setNetOfDiscounts] = useState(false);
  const submit = () =>
    connect.mutate(
      {
        provider,
        name,
        credentials: { adminKey },
        settings: { daysBack, covers: coversOf(covers), netOfDiscounts },
      },
      { onSuccess: onClose },
    );
  return (
    <ConnectionDialog
      open
      onClose={onClose}
      title={`Connect ${providerName(provider)}`}
      onSubmit={submit}
      isPending={connect.isPending}
      failure={connect.isError && !isAboutField(connect.error, fields) ? errorSentence(connect.error) : null}
    >
      <Field label="Name" error={fieldError(connect.error, "name")}>
        {(ids) => <Input {...ids} required maxLength={80} value={name} onChange={({ target }) => setName(target.value)} />}
      </Field>
      <Field
        label="Admin key"
        hint="Made by an owner of the organisation in the provider’s console. Kept encrypted, and never shown again."
        error={fieldError(connect.error, "credentials.adminKey") ?? fieldError(connect.error, "credentials") ?? fieldError(connect.error, "baseUrl")}
      >
        {(ids) => (
          <Input
            {...ids}
            required
            type="password"
            autoComplete="off"
            placeholder={keys[provider]}
            value={adminKey}
            onChange={({ target }) => setAdminKey(target.value)}
          />
        )}
      </Field>
      <Field label="History" hint="How far back the first read goes.">
        {(ids) => (
          <Select {...ids} value={daysBack} onChange={({ target }) => setDaysBack(Number(target.value))}>
            {stretches.map(([days, label]) => (
              <option key={days} value={days}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label={provider === "openai" ? "Projects that send their calls here" : "Workspaces that send their calls here"}
        hint="Their ids, with commas; empty: all of them. What others are billed is then named as not in the ledger."
        error={fieldError(connect.error, "settings.covers")}
      >
        {(ids) => <Input {...ids} spellCheck={false} value={covers} onChange={({ target }) => setCovers(target.value)} />}
      </Field>
      {provider === "anthropic" && (
        <label className="flex items-start gap-2 text-sm">
          <input type="checkbox" className="mt-1" checked={netOfDiscounts} onChange={({ target }) => setNetOfDiscounts(target.checked)} />
          <span>
            Read what is paid after discounts
            <span className="block text-xs text-ink-muted">Needs the organisation’s cost analytics.</span>
          </span>
        </label>
      )}
    </ConnectionDialog>
  );
} // prettier-ignore
