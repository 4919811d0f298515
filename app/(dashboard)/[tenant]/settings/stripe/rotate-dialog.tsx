"use client";

import { useState } from "react";
import type { Mode } from "@/server/billing/schemas";
import { failureSentence } from "../../stripe/failure-sentence";
import { FormDialog } from "./form-dialog";
import { given, KeyFields, modeOf } from "./key-fields";
import { isAboutField, useBillingSettings } from "./use-billing-settings";

const empty = { apiKey: "", webhookSecret: "" };

interface RotateDialogProps {
  open: boolean;
  onClose: () => void;
  mode: Mode;
}

/** A new key of the same account and mode, a new signing secret, or both. */
export function RotateDialog({ open, onClose, mode }: RotateDialogProps) {
  const [secrets, setSecrets] = useState(empty);
  const { rotate } = useBillingSettings();
  const close = () => {
    rotate.reset();
    setSecrets(empty);
    onClose();
  };
  const said = given(secrets);
  const keyMode = modeOf(secrets.apiKey);
  const isOther = keyMode !== null && keyMode !== mode;
  return (
    <FormDialog
      open={open}
      onClose={close}
      title="Rotate key or secret"
      mode={mode}
      submit="Use them from now on"
      onSubmit={() => rotate.mutate(said, { onSuccess: close })}
      isPending={rotate.isPending}
      isIncomplete={Object.keys(said).length === 0 || isOther}
      failure={
        rotate.isError && !isAboutField(rotate.error, ["apiKey", "webhookSecret"])
          ? failureSentence(rotate.error)
          : null
      }
    >
      <p className="text-sm text-ink-muted">
        Leave empty what stays as it is. The old key can be deleted in Stripe once the new one is in use.
      </p>
      <KeyFields
        value={secrets}
        onChange={(part) => setSecrets({ ...secrets, ...part })}
        error={rotate.error}
        isKeyRequired={false}
        connected={mode}
      />
    </FormDialog>
  );
}
