"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { toast } from "sonner";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { RetentionSettings } from "@/server/retention/schemas";

const numbers = {
  activeDays: {
    label: "Days for which somebody counts as active",
    hint: "So many days after the last one with a call or an event; then they are at risk.",
  },
  churnDays: {
    label: "Days after which somebody counts as churned",
    hint: "Cohorts, the throttle list and margins go by it.",
  },
  minUsers: {
    label: "Fewest users to claim something of",
    hint: "Of fewer, shares and percentiles are left out, and “too few” is said.",
  },
} as const;
type NumberName = keyof typeof numbers;

interface RuleDialogProps {
  open: boolean;
  /** As they are. */
  settings: RetentionSettings;
  onClose: () => void;
}

/** The tenant's own rule, each part with what it does. Another key makes it begin anew. */
export function RuleDialog({ open, settings: before, onClose }: RuleDialogProps) {
  const formId = useId();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [draft, setDraft] = useState({
    activeDays: String(before.activeDays),
    churnDays: String(before.churnDays),
    minUsers: String(before.minUsers),
    mrrOf: before.mrrOf,
  });
  // Every report of people goes by them.
  const onSettled = () =>
    Promise.all([
      queries.invalidateQueries(trpc.reports.pathFilter()),
      queries.invalidateQueries(trpc.retention.pathFilter()),
    ]);
  const set = useMutation(trpc.retention.setSettings.mutationOptions({ onSettled }));
  const undo = useMutation(
    trpc.retention.setSettings.mutationOptions({
      onSettled,
      onSuccess: () => void toast.success("The rule is as it was."),
      onError: (error) => void toast.error(errorSentence(error)),
    }),
  );
  const parsed = RetentionSettings.safeParse({
    activeDays: Number(draft.activeDays),
    churnDays: Number(draft.churnDays),
    minUsers: Number(draft.minUsers),
    mrrOf: draft.mrrOf,
  });
  const fault = (name: NumberName) =>
    parsed.error?.issues.find(({ path }) => path[0] === name)?.message ?? fieldError(set.error, name);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!parsed.success) return;
    set.mutate(parsed.data, {
      onSuccess: ({ before: was }) => {
        toast.success("The rule was changed.", {
          duration: 10_000,
          action: { label: "Undo", onClick: () => undo.mutate(was) },
        });
        onClose();
      },
    });
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Who counts as what"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={!parsed.success || set.isPending}>
            Save the rule
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-5">
        {(Object.keys(numbers) as NumberName[]).map((name) => (
          <Field key={name} label={numbers[name].label} hint={numbers[name].hint} error={fault(name)}>
            {(ids) => (
              <Input
                {...ids}
                required
                inputMode="numeric"
                className="max-w-32"
                value={draft[name]}
                onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
              />
            )}
          </Field>
        ))}
        <Field
          label="The MRR that apps tell with a user is"
          hint="An account’s counts once, in its newest word, and evenly for each of its users."
        >
          {(ids) => (
            <Select
              {...ids}
              value={draft.mrrOf}
              onChange={({ target: { value } }) => {
                if (value === "user" || value === "account") setDraft({ ...draft, mrrOf: value });
              }}
            >
              <option value="user">the user’s own</option>
              <option value="account">that of the whole account, said with each of its users</option>
            </Select>
          )}
        </Field>
        {set.error && <Callout tone="bad">{errorSentence(set.error)}</Callout>}
      </form>
    </Dialog>
  );
}
