"use client";

import { useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Field, Input } from "@/app/_components/ui/field";
import type { Mode } from "@/server/billing/schemas";
import { failureSentence } from "../../stripe/failure-sentence";
import { dashboardHref } from "../../stripe/words";
import { FormDialog } from "./form-dialog";
import { isAboutField, useBillingSettings } from "./use-billing-settings";

interface MapDialogProps {
  /** Null: nothing is asked. */
  accountId: string | null;
  onClose: () => void;
  mode: Mode;
}

/** Whom an account is, by a customer's id. */
export function MapDialog({ accountId, onClose, mode }: MapDialogProps) {
  const [customerId, setCustomerId] = useState("");
  const { map } = useBillingSettings();
  const close = () => {
    map.reset();
    setCustomerId("");
    onClose();
  };
  return (
    <FormDialog
      open={accountId !== null}
      onClose={close}
      title={`Who is ${accountId ?? ""}?`}
      mode={mode}
      submit="Bill this customer"
      onSubmit={() => {
        if (accountId !== null) map.mutate({ accountId, customerId: customerId.trim() }, { onSuccess: close });
      }}
      isPending={map.isPending}
      isIncomplete={customerId.trim() === ""}
      failure={map.isError && !isAboutField(map.error, ["customerId"]) ? failureSentence(map.error) : null}
    >
      <p className="text-sm text-ink-muted">
        Hours that nobody was billed for yet, since the first meter began, are billed to this customer. Hours that
        somebody was billed for stay theirs.
      </p>
      <Field
        label="Customer’s id"
        hint={
          <>
            As in{" "}
            <a
              href={dashboardHref(mode, "customers")}
              target="_blank"
              rel="noreferrer"
              className="text-accent underline underline-offset-2"
            >
              Stripe’s list of customers
            </a>{" "}
            ({mode} mode). Several accounts may be one customer.
          </>
        }
        error={fieldError(map.error, "customerId")}
      >
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={120}
            spellCheck={false}
            autoComplete="off"
            placeholder="cus_…"
            value={customerId}
            onChange={(event) => setCustomerId(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
} // prettier-ignore
