"use client";

import { useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { ZoneField } from "@/app/_components/forms/zone-field";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTenant } from "../../_components/tenant-context";
import { ConnectionDialog } from "./connection-dialog";
import { DaysBackField } from "./days-back-field";
import { isAboutField, useAddConnection } from "./use-add-connection";

interface AddPlausibleDialogProps {
  open: boolean;
  onClose: () => void;
  now: Date;
}

const fields = ["name", "baseUrl", "credentials", "credentials.apiKey", "settings", "settings.siteId", "settings.goal", "settings.property", "settings.timeZone"]; // prettier-ignore

export function AddPlausibleDialog({ open, onClose, now }: AddPlausibleDialogProps) {
  const { timeZone } = useTenant();
  const empty = {
    name: "Plausible",
    baseUrl: "https://plausible.io",
    apiKey: "",
    siteId: "",
    goal: "",
    property: "feature",
    timeZone,
    daysBack: 30,
  };
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<typeof empty>) => setDraft({ ...draft, ...part });
  const add = useAddConnection();
  const close = () => {
    add.reset();
    setDraft(empty);
    onClose();
  };
  const connect = () => {
    const { name, baseUrl, apiKey, ...settings } = draft;
    add.mutate({ kind: "plausible", name, baseUrl, credentials: { apiKey }, settings }, { onSuccess: close });
  };
  const text = (
    field: "name" | "baseUrl" | "siteId" | "goal" | "property",
    label: string,
    hint?: string,
    placeholder?: string,
  ) => {
    const isSetting = field !== "name" && field !== "baseUrl";
    const own = fieldError(add.error, isSetting ? `settings.${field}` : field);
    return (
      <Field
        label={label}
        hint={hint}
        // What Plausible refuses is mostly the goal.
        error={own ?? (field === "goal" ? fieldError(add.error, "settings") : undefined)}
      >
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={500}
            spellCheck={false}
            placeholder={placeholder}
            value={draft[field]}
            onChange={(event) => change({ [field]: event.target.value })}
          />
        )}
      </Field>
    );
  };
  return (
    <ConnectionDialog
      open={open}
      onClose={close}
      title="Connect Plausible"
      onSubmit={connect}
      isPending={add.isPending}
      failure={add.isError && !isAboutField(add.error, fields) ? errorSentence(add.error) : null}
    >
      {text("name", "Name")}
      {text("baseUrl", "Address")}
      <Field
        label="API key"
        hint="A Stats API key. Kept encrypted, and never shown again."
        error={fieldError(add.error, "credentials.apiKey") ?? fieldError(add.error, "credentials")}
      >
        {(ids) => (
          <Input
            {...ids}
            required
            type="password"
            autoComplete="off"
            value={draft.apiKey}
            onChange={(event) => change({ apiKey: event.target.value })}
          />
        )}
      </Field>
      {text("siteId", "Site", "Its domain, as Plausible names it.", "app.example.com")}
      {text("goal", "Goal", "Must exist in the site’s settings.", "Feature Used")}
      {text("property", "Property", "Whose value is the feature, spelled as in your calls.")}
      <ZoneField
        label="The site’s reporting time zone"
        hint="Plausible’s days begin at midnight there."
        value={draft.timeZone}
        onChange={(zone) => change({ timeZone: zone })}
        error={fieldError(add.error, "settings.timeZone")}
        now={now}
      />
      <DaysBackField value={draft.daysBack} onChange={(days) => change({ daysBack: days })} />
    </ConnectionDialog>
  );
}
