"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { flushSync } from "react-dom";
import { toast } from "sonner";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import type { PlanHead } from "@/server/invoices/documents";
import { useTenant } from "../../_components/tenant-context";
import { faultWithin } from "../typed";
import { useKeptDraft } from "../use-kept-draft";
import { AccountFields } from "./account-fields";
import type { BilledAccount } from "./accounts";
import { accountOf, DraftAccount, draftOf } from "./draft-account";

interface AccountDialogProps {
  account: BilledAccount;
  plans: readonly PlanHead[];
  /** Its name; null: there is none. */
  defaultPlan: string | null;
  onClose: () => void;
}

/** How one account is billed. What was typed is kept when it is closed without saving. */
export function AccountDialog({ account, plans, defaultPlan, onClose }: AccountDialogProps) {
  const { accountId } = account;
  const { slug } = useTenant();
  const formId = useId();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const kept = useKeptDraft(`account:${slug}:${accountId}`, DraftAccount, draftOf(account));
  const [hasTried, setHasTried] = useState(false);
  const { input, errors } = accountOf(accountId, kept.draft);
  const done = async (told: string) => {
    await queries.invalidateQueries(trpc.invoices.pathFilter());
    kept.discard();
    toast.success(told);
    onClose();
  };
  const save = useMutation(trpc.invoices.saveAccount.mutationOptions({ onSuccess: () => done(`How ${accountId} is billed was saved.`) }));
  const forget = useMutation(trpc.invoices.forgetAccount.mutationOptions({ onSuccess: () => done(`${accountId} is billed by default again.`) }));
  const failed = save.error ?? forget.error;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    flushSync(() => setHasTried(true));
    if (input) save.mutate(input);
    else document.getElementById(formId)?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  };
  return (
    <Dialog
      side
      open
      onClose={onClose}
      title={`How ${accountId} is billed`}
      footer={
        <>
          {kept.isChanged ? (
            <Button className="mr-auto" onClick={kept.discard}>Discard what I typed</Button>
          ) : (
            account.isKnown && (
              <Button variant="danger" className="mr-auto" disabled={forget.isPending} onClick={() => forget.mutate({ accountId })}>
                Back to the default
              </Button>
            )
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={save.isPending || (!kept.isChanged && account.isKnown)}>
            {save.isPending ? "Saving …" : "Save"}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="space-y-5">
        {kept.isChanged && <p role="status" className="text-xs text-ink-muted">Not saved yet. What you typed stays in this tab.</p>}
        <AccountFields
          draft={kept.draft}
          onChange={(part) => kept.change({ ...kept.draft, ...part })}
          errorOf={(field) => (hasTried ? faultWithin(errors, field) : undefined)}
          plans={plans}
          defaultPlan={defaultPlan}
        />
        {failed && <Callout tone="bad">{errorSentence(failed)}</Callout>}
      </form>
    </Dialog>
  );
} // prettier-ignore
