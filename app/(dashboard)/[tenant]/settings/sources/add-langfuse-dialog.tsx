"use client";

import { useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { ConnectionDialog } from "./connection-dialog";
import { DaysBackField } from "./days-back-field";
import { isAboutField, useAddConnection } from "./use-add-connection";

const empty = {
  name: "Langfuse",
  baseUrl: "https://cloud.langfuse.com",
  publicKey: "",
  secretKey: "",
  daysBack: 30,
};
const fields = ["name", "baseUrl", "credentials", "credentials.publicKey", "credentials.secretKey"];

export function AddLangfuseDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<typeof empty>) => setDraft({ ...draft, ...part });
  const add = useAddConnection();
  const close = () => {
    add.reset();
    setDraft(empty);
    onClose();
  };
  const { name, baseUrl, publicKey, secretKey, daysBack } = draft;
  const connect = () =>
    add.mutate(
      { kind: "langfuse", name, baseUrl, credentials: { publicKey, secretKey }, settings: { daysBack } },
      { onSuccess: close },
    );
  return (
    <ConnectionDialog
      open={open}
      onClose={close}
      title="Connect Langfuse"
      onSubmit={connect}
      isPending={add.isPending}
      failure={add.isError && !isAboutField(add.error, fields) ? errorSentence(add.error) : null}
    >
      <Field label="Name" error={fieldError(add.error, "name")}>
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={80}
            value={name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Address"
        hint="Cloud EU; the US region is https://us.cloud.langfuse.com. Self-hosted needs version 4."
        error={fieldError(add.error, "baseUrl")}
      >
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={500}
            inputMode="url"
            spellCheck={false}
            value={baseUrl}
            onChange={(event) => change({ baseUrl: event.target.value })}
          />
        )}
      </Field>
      <Field label="Public key" error={fieldError(add.error, "credentials.publicKey")}>
        {(ids) => (
          <Input
            {...ids}
            required
            autoComplete="off"
            spellCheck={false}
            placeholder="pk-lf-…"
            value={publicKey}
            onChange={(event) => change({ publicKey: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Secret key"
        hint="Kept encrypted, and never shown again."
        error={fieldError(add.error, "credentials.secretKey") ?? fieldError(add.error, "credentials")}
      >
        {(ids) => (
          <Input
            {...ids}
            required
            type="password"
            autoComplete="off"
            placeholder="sk-lf-…"
            value={secretKey}
            onChange={(event) => change({ secretKey: event.target.value })}
          />
        )}
      </Field>
      <DaysBackField value={daysBack} onChange={(days) => change({ daysBack: days })} />
    </ConnectionDialog>
  );
}
