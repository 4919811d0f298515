"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { useTRPC } from "@/app/_trpc/client";
import { type Measure, measures } from "@/server/billing/schemas";
import { useTenant } from "../../_components/tenant-context";
import { failureSentence } from "../../stripe/failure-sentence";
import { measureWords, type Shown } from "../../stripe/words";
import { FormDialog } from "./form-dialog";
import { meterOffers } from "./meter-offers";
import { startChoices } from "./start-choices";
import { isAboutField, useBillingSettings } from "./use-billing-settings";

const empty = { providerMeter: "", measure: "tokens" as Measure, startsAt: "", unitAmount: "" };

interface AddMeterDialogProps {
  open: boolean;
  onClose: () => void;
  shown: Shown;
  now: Date;
}

/** One of Stripe's meters, what it counts, and since when. */
export function AddMeterDialog({ open, onClose, shown, now }: AddMeterDialogProps) {
  const { timeZone } = useTenant();
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<typeof empty>) => setDraft({ ...draft, ...part });
  const { addMeter } = useBillingSettings();
  const found = useQuery(
    useTRPC().billing.providerMeters.queryOptions(undefined, { enabled: open, retry: false, staleTime: 30_000 }),
  );
  const offers = meterOffers(found.data ?? [], shown.meters);
  const close = () => {
    addMeter.reset();
    setDraft(empty);
    onClose();
  };
  const { providerMeter, measure, startsAt, unitAmount } = draft;
  const submit = () =>
    addMeter.mutate(
      {
        providerMeter,
        measure,
        ...(startsAt !== "" && { startsAt }),
        ...(unitAmount.trim() !== "" && { unitAmount: unitAmount.trim() }),
      },
      { onSuccess: close },
    );
  const failed = found.error ?? addMeter.error;
  const fields = ["providerMeter", "measure", "startsAt", "unitAmount"];
  return (
    <FormDialog
      open={open}
      onClose={close}
      title="Add a meter"
      mode={shown.connection.mode}
      submit="Add the meter"
      onSubmit={submit}
      isPending={addMeter.isPending}
      isIncomplete={providerMeter === ""}
      failure={failed === null || isAboutField(failed, fields) ? null : failureSentence(failed)}
    >
      <Field
        label="Meter of Stripe’s"
        hint={
          found.data?.length === 0
            ? "Stripe has no meter in this account and mode yet: make one under Billing → Meters."
            : "Only active meters that simply add up what they are sent can be fed."
        }
        error={fieldError(addMeter.error, "providerMeter")}
      >
        {(ids) => (
          <Select
            {...ids}
            required
            value={providerMeter}
            disabled={found.data === undefined}
            onChange={(event) => change({ providerMeter: event.target.value })}
          >
            <option value="">{found.isFetching ? "Asking Stripe …" : "Choose a meter"}</option>
            {offers.map(({ id, label, hindrance }) => (
              <option key={id} value={id} disabled={hindrance !== null}>
                {hindrance === null ? label : `${label}: ${hindrance}`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="It gets" hint="Cost is sent in millionths of a dollar, so that each hour is a whole number.">
        {(ids) => (
          <Select
            {...ids}
            value={measure}
            onChange={(event) => change({ measure: measures.find((one) => one === event.target.value) ?? "tokens" })}
          >
            {measures.map((one) => (
              <option key={one} value={one}>
                {measureWords[one].label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Since"
        hint="Hours since then that are final are sent with the next run."
        error={fieldError(addMeter.error, "startsAt")}
      >
        {(ids) => (
          <Select {...ids} value={startsAt} onChange={(event) => change({ startsAt: event.target.value })}>
            {startChoices(now, timeZone).map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Agreed price of a unit (optional)"
        hint="In the smallest unit of the currency, such as 0.002 cents a token. Lines of invoices are compared with it."
        error={fieldError(addMeter.error, "unitAmount")}
      >
        {(ids) => (
          <Input
            {...ids}
            inputMode="decimal"
            placeholder="0.002"
            value={unitAmount}
            onChange={(event) => change({ unitAmount: event.target.value })}
          />
        )}
      </Field>
    </FormDialog>
  );
} // prettier-ignore
