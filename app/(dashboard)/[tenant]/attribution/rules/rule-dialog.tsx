"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { toast } from "sonner";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../../_components/tenant-context";
import { ConditionsFields } from "./conditions-fields";
import { usualRange } from "./day-range";
import { DayRangeFields } from "./day-range-fields";
import { type DraftProblem, draftOf, startOf, termsOf } from "./draft-rule";
import { PreviewResult } from "./preview-result";
import type { Rule } from "./rules";
import type { AskedRule } from "./search-params";
import { SetsFields } from "./sets-fields";
import { usePreview } from "./use-preview";

const problems: Record<DraftProblem, string | null> = {
  "no-condition": "Name at least one condition; a rule for every call would be no rule.",
  "sets-nothing": "Say what the call gets.",
  "sets-twice": "One tag is set twice.",
  // The fields themselves say so.
  unfilled: null,
};

interface RuleDialogProps {
  open: boolean;
  /** Null: a new one. */
  rule: Rule | null;
  asked: AskedRule | null;
  now: Date;
  onClose: () => void;
}

/** A new rule, or the next version of one. Another key makes it begin anew. */
export function RuleDialog({ open, rule, asked, now, onClose }: RuleDialogProps) {
  const { timeZone } = useTenant();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const formId = useId();
  const [draft, setDraft] = useState(() => (rule ? draftOf(rule) : startOf(asked)));
  const [range, setRange] = useState(() => usualRange(now, timeZone));
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const result = termsOf(draft);
  const preview = usePreview(result.ok ? result.terms : null, range);
  const save = useMutation(
    trpc.attribution.saveRule.mutationOptions({
      onSuccess: ({ version }) => {
        toast.success(
          version === 1
            ? "Saved. It holds for calls from now on; apply it to the past where it stands."
            : `Saved as version ${String(version)}. It holds for calls from now on.`,
        );
        onClose();
      },
      onSettled: () => queries.invalidateQueries(trpc.attribution.rules.queryFilter()),
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!result.ok) return;
    save.mutate({
      ...(rule && { id: rule.id }),
      name: draft.name.trim(),
      ...result.terms,
      ...(draft.position.trim() !== "" && { position: Number(draft.position) }),
    });
  };
  const problem = result.ok ? null : problems[result.problem];
  return (
    <Dialog
      side
      open={open}
      onClose={onClose}
      title={rule ? `Edit “${rule.name}”` : "New rule"}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={save.isPending || problem !== null}>
            {rule ? `Save version ${String(rule.version + 1)}` : "Save the rule"}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-5">
        <Field label="Name" error={fieldError(save.error, "name")}>
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={200}
              placeholder="Old worker of the platform team"
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <ConditionsFields conditions={draft.conditions} onChange={(conditions) => change({ conditions })} />
        <SetsFields sets={draft.sets} onChange={(sets) => change({ sets })} />
        <Field
          label="Place in the order"
          hint="Lower is asked first. Empty: after all others."
          error={fieldError(save.error, "position")}
        >
          {(ids) => (
            <Input
              {...ids}
              type="number"
              className="max-w-40"
              min={0}
              max={1_000_000}
              value={draft.position}
              onChange={(event) => change({ position: event.target.value })}
            />
          )}
        </Field>
        {problem !== null && <Callout tone="warn">{problem}</Callout>}
        {save.isError && <Callout tone="bad">{errorSentence(save.error)}</Callout>}
      </form>
      <div className="mt-6 space-y-3 border-t pt-4">
        <h3 className="text-sm font-medium">What it would change in the past</h3>
        <DayRangeFields range={range} onChange={setRange} error={fieldError(preview.error, "from")} />
        <Button disabled={preview.ask === null || preview.isPending} onClick={() => preview.ask?.()}>
          {preview.isPending ? "Reading the ledger …" : "Preview"}
        </Button>
        {preview.error?.data?.field !== "from" && preview.error && (
          <Callout tone="bad">{errorSentence(preview.error)}</Callout>
        )}
        {preview.figures && <PreviewResult figures={preview.figures} />}
        <p className="text-xs text-ink-muted">
          Saving changes nothing of the past: the rule holds for calls that come in from then on, until it is
          applied to the past.
        </p>
      </div>
    </Dialog>
  );
}
