"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { flushSync } from "react-dom";
import { toast } from "sonner";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card } from "@/app/_components/ui/card";
import { errorSentence } from "@/app/_format/errors";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { PlanHead } from "@/server/invoices/documents";
import { useRight, useTenant } from "../../_components/tenant-context";
import { DraftPlan, draftOf, newPlan, termsOf } from "./draft-plan";
import { PlanForm } from "./plan-form";
import { PreviewCard } from "./preview-card";
import { useKeptDraft } from "../use-kept-draft";

const nothing: ReadonlyMap<string, string> = new Map();

/** @param plan null: a new one */
export function PlanEditor({ plan }: { plan: PlanHead | null }) {
  const { slug } = useTenant();
  const router = useRouter();
  const formId = useId();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayWrite = useRight("billing:write");
  const isRetired = plan !== null && plan.retiredAt !== null;
  const saved = plan ? draftOf(plan.terms, plan.version) : newPlan;
  const kept = useKeptDraft(`plan:${slug}:${plan?.id ?? "new"}`, DraftPlan, saved);
  const { draft, isChanged } = kept;
  const [hasTried, setHasTried] = useState(false);
  const { terms, errors } = termsOf(draft);
  const isBehind = plan !== null && isChanged && draft.baseVersion !== plan.version;
  const save = useMutation(
    trpc.invoices.savePlan.mutationOptions({
      onSuccess: async ({ id, version }) => {
        await queries.invalidateQueries(trpc.invoices.pathFilter());
        kept.discard();
        setHasTried(false);
        toast.success(version === 1 ? "The plan is there." : `Version ${String(version)} is in force.`);
        if (plan === null) router.push(`/${slug}/invoices/plans/${id}`);
      },
    }),
  );
  const submit = () => {
    flushSync(() => setHasTried(true));
    if (terms === null) {
      document.getElementById(formId)?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
      return;
    }
    save.mutate({ terms, ...(plan && { id: plan.id, baseVersion: draft.baseVersion ?? plan.version }) });
  };
  const discard = () => {
    kept.discard();
    save.reset();
    setHasTried(false);
  };
  // The server names fields below "terms".
  const refused = fieldError(save.error, "terms.name");
  const shown = hasTried ? (refused === undefined ? errors : new Map([...errors, ["name", refused]])) : nothing;

  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
      <div className="space-y-5">
        {!mayWrite && <Callout>Your role can see rate plans, not change them. Owners, admins and finance may.</Callout>}
        {mayWrite && isRetired && <Callout>This plan is retired: no account has it, and it cannot be changed.</Callout>}
        {isBehind && (
          <Callout tone="warn" action={<Button size="sm" onClick={discard}>Discard mine</Button>}>
            Somebody made version {plan.version} meanwhile. What is below began from version{" "}
            {draft.baseVersion ?? 1} and cannot be saved over it.
          </Callout>
        )}
        <PlanForm
          id={formId}
          draft={draft}
          onChange={kept.change}
          errors={shown}
          disabled={!mayWrite || isRetired || save.isPending}
          onSubmit={submit}
        />
        {mayWrite && !isRetired && (
          <Card className="z-10 flex flex-wrap items-center gap-3 px-4 py-3 sm:px-5 lg:sticky lg:bottom-3">
            <p role="status" className="min-w-0 flex-1 basis-48 text-xs text-ink-muted">
              {hasTried && errors.size > 0
                ? `${plural(errors.size, "field")} cannot be saved as they are.`
                : isChanged
                  ? "Not saved yet. What you typed stays in this tab, also when you leave."
                  : plan === null
                    ? "A new plan bills nobody until accounts have it, or it is the default."
                    : `Version ${String(plan.version)}. A change makes another version; invoices keep theirs.`}
            </p>
            {isChanged && <Button onClick={discard}>Discard</Button>}
            <Button
              type="submit"
              form={formId}
              variant="primary"
              disabled={save.isPending || isBehind || (plan !== null && !isChanged)}
            >
              {save.isPending ? "Saving …" : plan === null ? "Make the plan" : "Save as a new version"}
            </Button>
          </Card>
        )}
        {save.isError && refused === undefined && <Callout tone="bad">{errorSentence(save.error)}</Callout>}
      </div>
      <div className="lg:sticky lg:top-5">
        <PreviewCard terms={terms} />
      </div>
    </div>
  );
} // prettier-ignore
