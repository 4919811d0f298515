"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { toast } from "sonner";
import { perMillion } from "@/app/_components/charts/prepare-price-steps";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { localDay } from "@/server/calendar/local-day";
import { useTenant } from "../../_components/tenant-context";
import type { ModelPrice } from "../layers";
import type { PriceChange } from "../price-change";
import { untilDay, ValidityFields } from "../validity-fields";
import { contractRates, rateFields, type RateDraft } from "./contract-rates";

interface Props {
  open: boolean;
  onClose: (change: PriceChange | null) => void;
  provider: string;
  model: string;
  /** Shown beside the fields, to be compared with; null: nobody knows one. */
  priceNow: ModelPrice | null;
  now: Date;
}

export function AddContract({ open, onClose, provider: sent, model, priceNow, now }: Props) {
  const { timeZone } = useTenant();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const formId = useId();
  const empty = {
    from: localDay(now, timeZone),
    lastDay: "",
    provider: sent,
    feature: "",
    region: "",
    note: "",
  };
  const [draft, setDraft] = useState(empty);
  const [rates, setRates] = useState<RateDraft>({});
  const change = (part: Partial<typeof empty>) => setDraft({ ...draft, ...part });
  const add = useMutation(
    trpc.prices.addContract.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.prices.pathFilter());
        toast.success("The rates are in the book.");
        setDraft(empty);
        setRates({});
        onClose({
          provider: draft.provider.trim(),
          model,
          from: draft.from === "" ? null : draft.from,
          why: draft.note.trim() === "" ? `Contract rates for ${model}` : draft.note.trim(),
        });
      },
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    add.mutate({
      provider: draft.provider,
      model,
      feature: draft.feature.trim() === "" ? null : draft.feature.trim(),
      region: draft.region.trim() === "" ? null : draft.region.trim(),
      validFrom: draft.from === "" ? null : draft.from,
      validTo: untilDay(draft.lastDay),
      rates: contractRates(rates),
      note: draft.note,
    });
  };
  const rateError = add.error?.data?.field?.startsWith("rates") ? errorSentence(add.error) : undefined;
  const proposed = rateFields.flatMap(({ name, unit, service }) => {
    const usd = perMillion(priceNow, unit, service);
    return usd === null || (rates[name] ?? "") !== "" ? [] : [[name, usd] as const];
  });
  const providerField = (
    <Field label="Provider" hint="As calls name it." error={fieldError(add.error, "provider")}>
      {(ids) => (
        <Input
          {...ids}
          required
          value={draft.provider}
          onChange={(event) => change({ provider: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Dialog
      side
      open={open}
      onClose={() => onClose(null)}
      title={`Contract rates for ${model}`}
      footer={
        <>
          <Button onClick={() => onClose(null)}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            disabled={add.isPending || contractRates(rates).length === 0}
          >
            Add the rates
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-5">
        {sent === "" && providerField}
        <ValidityFields
          draft={draft}
          onChange={change}
          error={fieldError(add.error, "validFrom") ?? fieldError(add.error, "validTo")}
        />
        <fieldset>
          <legend className="mb-1 text-sm font-medium">USD for a million tokens</legend>
          <p className="mb-3 text-xs text-ink-muted">
            Grey is what holds now. Of what the contract does not name, cache reads cost what input does and a
            batch half of it, both marked as estimates; the list is not asked again.
          </p>
          <div className="grid grid-cols-2 gap-3">
            {rateFields.map(({ name, label, unit, service }) => (
              <Field key={name} label={label}>
                {(ids) => (
                  <Input
                    {...ids}
                    inputMode="decimal"
                    placeholder={perMillion(priceNow, unit, service) ?? "–"}
                    pattern="\d{1,12}(\.\d{1,18})?"
                    title="A plain decimal number, such as 2.5"
                    value={rates[name] ?? ""}
                    onChange={(event) => setRates({ ...rates, [name]: event.target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
          {proposed.length > 0 && (
            <Button
              size="sm"
              className="mt-3"
              onClick={() => setRates({ ...rates, ...Object.fromEntries(proposed) })}
            >
              Fill the empty fields with what holds now
            </Button>
          )}
          {rateError !== undefined && <p className="mt-2 text-xs text-bad">{rateError}</p>}
        </fieldset>
        {sent !== "" && providerField}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Only for feature" hint="Optional.">
            {(ids) => (
              <Input
                {...ids}
                value={draft.feature}
                onChange={(event) => change({ feature: event.target.value })}
              />
            )}
          </Field>
          <Field label="Only in region" hint="Optional.">
            {(ids) => (
              <Input
                {...ids}
                value={draft.region}
                onChange={(event) => change({ region: event.target.value })}
              />
            )}
          </Field>
        </div>
        <Field label="Note" hint="Which contract, who agreed to it.">
          {(ids) => (
            <Input
              {...ids}
              maxLength={500}
              value={draft.note}
              onChange={(event) => change({ note: event.target.value })}
            />
          )}
        </Field>
        {add.isError && add.error.data?.field === undefined && (
          <Callout tone="bad">{errorSentence(add.error)}</Callout>
        )}
      </form>
    </Dialog>
  );
}
