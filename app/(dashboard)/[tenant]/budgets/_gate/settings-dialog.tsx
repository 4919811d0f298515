"use client";

import { type SubmitEvent, useId, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import type { GateSettings } from "@/server/gate/schemas";
import { type DraftSettings, draftOfSettings, settingsOf } from "./draft-settings";
import { EnforceDialog } from "./enforce-dialog";
import { consequenceOf, newlyRefused, type SettingName, settingLabels } from "./setting-words";
import { useGateSettings } from "./use-gate-settings";

const choices = {
  unpriced: { allow: "Let them through", ask: "Have them confirmed", deny: "Refuse them" },
  whenUnreachable: { open: "Make calls all the same", closed: "Make no calls" },
} as const satisfies { [Name in "unpriced" | "whenUnreachable"]: Record<GateSettings[Name], string> };
const limits = ["loopPerMinute", "usdPerMinute", "runLimitUsd"] as const;

interface SettingsDialogProps {
  open: boolean;
  /** As they are. */
  settings: GateSettings;
  onClose: () => void;
}

/** How the gate behaves, each choice with what it comes to. Another key makes it begin anew. */
export function SettingsDialog({ open, settings: before, onClose }: SettingsDialogProps) {
  const formId = useId();
  const [draft, setDraft] = useState(() => draftOfSettings(before));
  const [isAsking, setIsAsking] = useState(false);
  const changes = useGateSettings();
  const { settings, faults } = settingsOf(draft);
  const refused = settings ? newlyRefused(before, settings) : [];
  const change = (part: Partial<DraftSettings>) => setDraft({ ...draft, ...part });
  const hintOf = (name: SettingName) => settings && consequenceOf(name, settings);
  const save = () => {
    // A refusal is shown in the form.
    if (settings) void changes.save(settings, before).then(onClose, () => undefined);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (refused.length > 0) setIsAsking(true);
    else save();
  };
  const select = (name: keyof typeof choices) => (
    <Field label={settingLabels[name]} hint={hintOf(name)}>
      {(ids) => (
        <Select
          {...ids}
          value={draft[name]}
          onChange={({ target }) => {
            if (target.value in choices[name]) change({ [name]: target.value });
          }}
        >
          {Object.entries(choices[name]).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
  return (
    <>
      <Dialog
        side
        open={open}
        onClose={onClose}
        title="How the gate behaves"
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              form={formId}
              variant="primary"
              disabled={settings === null || changes.isBusy}
            >
              Save the settings
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} className="space-y-5">
          <p className="text-sm text-ink-muted">
            They hold for every app that asks the gate before a call. What an app never asks about is not
            touched.
          </p>
          {select("unpriced")}
          {select("whenUnreachable")}
          {limits.map((name) => (
            <Field key={name} label={settingLabels[name]} hint={hintOf(name)} error={faults?.[name]}>
              {(ids) => (
                <Input
                  {...ids}
                  inputMode={name === "loopPerMinute" ? "numeric" : "decimal"}
                  className="max-w-48"
                  placeholder="No limit"
                  value={draft[name]}
                  onChange={({ target }) => change({ [name]: target.value })}
                />
              )}
            </Field>
          ))}
          {changes.error && <Callout tone="bad">{errorSentence(changes.error)}</Callout>}
        </form>
      </Dialog>
      <EnforceDialog
        open={isAsking}
        title="Refuse more calls?"
        confirm="Refuse them"
        onConfirm={save}
        onClose={() => setIsAsking(false)}
      >
        <p>As soon as this is saved:</p>
        <ul className="list-disc space-y-1 pl-5">
          {refused.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p>You can undo it right after.</p>
      </EnforceDialog>
    </>
  );
}
