"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { errorSentence } from "@/app/_format/errors";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../../_components/tenant-context";
import { askedDays, usualRange } from "./day-range";
import { DayRangeFields } from "./day-range-fields";
import { PreviewResult } from "./preview-result";
import { RuleTerms } from "./rule-terms";
import type { Rule } from "./rules";
import { usePreview } from "./use-preview";

interface ApplyDialogProps {
  open: boolean;
  rule: Rule;
  now: Date;
  onClose: () => void;
}

/** Applies a rule to calls that are in, once somebody has seen what that changes. */
export function ApplyDialog({ open, rule, now, onClose }: ApplyDialogProps) {
  const { timeZone } = useTenant();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [range, setRange] = useState(() => usualRange(now, timeZone));
  const preview = usePreview(rule, range);
  const apply = useMutation(
    trpc.attribution.applyRule.mutationOptions({
      onSuccess: () => {
        toast.success("The rule is being applied. Its progress stands under Runs.");
        onClose();
      },
      onSettled: () => queries.invalidateQueries(trpc.attribution.runs.queryFilter()),
    }),
  );
  const days = askedDays(range);
  const { figures } = preview;
  const start = () => {
    if (days) apply.mutate({ id: rule.id, ...days });
  };
  return (
    <Dialog
      side
      open={open}
      onClose={onClose}
      title={`Apply “${rule.name}” to the past`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {figures === null ? (
            <Button
              variant="primary"
              disabled={preview.ask === null || preview.isPending}
              onClick={() => preview.ask?.()}
            >
              {preview.isPending ? "Reading the ledger …" : "See what it changes"}
            </Button>
          ) : (
            <Button variant="primary" disabled={figures.calls === 0 || apply.isPending} onClick={start}>
              Apply to {plural(figures.calls, "call")}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-4">
        <RuleTerms conditions={rule.conditions} sets={rule.sets} />
        <DayRangeFields range={range} onChange={setRange} error={fieldError(preview.error, "from")} />
        {preview.error && preview.error.data?.field !== "from" && (
          <Callout tone="bad">{errorSentence(preview.error)}</Callout>
        )}
        {apply.isError && <Callout tone="bad">{errorSentence(apply.error)}</Callout>}
        {figures && <PreviewResult figures={figures} />}
        <p className="text-xs text-ink-muted">
          Tags move, amounts never do. What each call was is kept, so the whole run can be taken back.
        </p>
      </div>
    </Dialog>
  );
}
