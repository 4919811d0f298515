"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { flushSync } from "react-dom";
import { toast } from "sonner";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Field, Input, Select, Textarea } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";
import { faultWithin } from "../typed";
import { useKeptDraft } from "../use-kept-draft";
import { DraftIssuer, draftOf, issuerOf } from "./draft-issuer";

interface IssuerFormProps {
  saved: Outputs["invoices"]["issuer"];
  /** Of the next invoice's number. */
  year: string;
}

export function IssuerForm({ saved, year }: IssuerFormProps) {
  const { slug, name: tenantName } = useTenant();
  const formId = useId();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayWrite = useRight("billing:write");
  const plans = useQuery(trpc.invoices.plans.queryOptions());
  const kept = useKeptDraft(`issuer:${slug}`, DraftIssuer, draftOf(saved.details, saved.defaultPlanId));
  const { draft, isChanged } = kept;
  const change = (part: Partial<DraftIssuer>) => kept.change({ ...draft, ...part });
  const [hasTried, setHasTried] = useState(false);
  const { input, errors } = issuerOf(draft);
  const errorOf = (field: string) => (hasTried ? faultWithin(errors, field) : undefined);
  const save = useMutation(
    trpc.invoices.saveIssuer.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.invoices.pathFilter());
        kept.discard();
        setHasTried(false);
        toast.success("Saved. Drafts take it when they are computed anew; final invoices stay as they are.");
      },
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    flushSync(() => setHasTried(true));
    if (input) save.mutate(input);
    else document.getElementById(formId)?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  };
  const text = (field: keyof DraftIssuer) => ({
    value: draft[field],
    onChange: ({ target }: { target: { value: string } }) => change({ [field]: target.value }),
  });
  return (
    <Card className="max-w-3xl">
      <CardHeader title="Your details" hint="A draft shows what holds now; a final invoice keeps what held then." />
      <form id={formId} noValidate onSubmit={submit} className="space-y-5 border-t px-4 py-5 sm:px-5">
        {!mayWrite && <Callout>Your role can see these details, not change them. Owners, admins and finance may.</Callout>}
        <fieldset disabled={!mayWrite || save.isPending} className="space-y-5">
          <div className="grid gap-5 sm:grid-cols-2">
            <Field label="Name" error={errorOf("details.name")}>
              {(ids) => <Input {...ids} maxLength={200} placeholder={tenantName} {...text("name")} />}
            </Field>
            <Field label="VAT id" error={errorOf("details.vatId")}>
              {(ids) => <Input {...ids} maxLength={40} {...text("vatId")} />}
            </Field>
            <Field label="Address" hint="Eight lines at most." error={errorOf("details.addressLines")}>
              {(ids) => <Textarea {...ids} rows={4} {...text("address")} />}
            </Field>
            <Field label="Bank details" hint="Where to pay to; eight lines at most." error={errorOf("details.bankLines")}>
              {(ids) => <Textarea {...ids} rows={4} {...text("bank")} />}
            </Field>
          </div>
          <Field label="Note" hint="Below the total." error={errorOf("details.note")}>
            {(ids) => <Textarea {...ids} maxLength={1_000} rows={2} {...text("note")} />}
          </Field>
          <div className="grid gap-5 sm:grid-cols-3">
            <Field
              label="Numbers begin with"
              hint={`Such as ${draft.numberPrefix.trim()}-${year}-0001. The series has no gaps.`}
              error={errorOf("details.numberPrefix")}
            >
              {(ids) => <Input {...ids} maxLength={12} {...text("numberPrefix")} />}
            </Field>
            <Field label="Due after, in days" error={errorOf("details.dueDays")}>
              {(ids) => <Input {...ids} inputMode="numeric" {...text("dueDays")} />}
            </Field>
            <Field label="Default plan" hint="Of accounts that have none of their own." error={errorOf("defaultPlanId")}>
              {(ids) => (
                <Select {...ids} {...text("defaultPlanId")}>
                  <option value="">None: they are not billed</option>
                  {plans.data
                    ?.filter(({ id, retiredAt }) => retiredAt === null || id === draft.defaultPlanId)
                    .map(({ id, terms }) => (
                      <option key={id} value={id}>
                        {terms.name}
                      </option>
                    ))}
                </Select>
              )}
            </Field>
          </div>
        </fieldset>
        {save.isError && <Callout tone="bad">{errorSentence(save.error)}</Callout>}
        {mayWrite && (
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" variant="primary" disabled={save.isPending || !isChanged}>
              {save.isPending ? "Saving …" : "Save"}
            </Button>
            {isChanged && <Button onClick={kept.discard}>Discard</Button>}
            <p role="status" className="text-xs text-ink-muted">
              {isChanged ? "Not saved yet. What you typed stays in this tab, also when you leave." : ""}
            </p>
          </div>
        )}
      </form>
    </Card>
  );
} // prettier-ignore
