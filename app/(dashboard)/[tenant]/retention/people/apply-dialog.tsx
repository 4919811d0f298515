"use client";

import { type SubmitEvent, useId, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { plural } from "@/app/_format/quantities";
import type { ThrottleRow } from "@/server/analytics/people/throttle";
import { ApplyQuotasInput } from "@/server/retention/schemas";
import { enforcementWords } from "../../budgets/words";
import { suggestionWords } from "./throttle-words";
import { useQuotas } from "./use-quotas";

type Enforcement = keyof typeof enforcementWords;

const consequences = {
  none: "Nobody is turned away: owners and Alerts are told at 80, 90 and 100 per cent.",
  ask: "In apps that ask the gate, calls of these users beyond the quota are refused until somebody confirms them.",
  deny: "In apps that ask the gate, these users are turned away beyond the quota until the next month begins.",
} as const satisfies Record<Enforcement, string>;

interface ApplyDialogProps {
  open: boolean;
  /** Whom for. */
  rows: readonly ThrottleRow[];
  onClose: () => void;
  onApplied: () => void;
}

/** Asked before anybody gets a quota: how much, and whether it turns somebody away. Another key makes it begin anew. */
export function ApplyDialog({ open, rows, onClose, onApplied }: ApplyDialogProps) {
  const formId = useId();
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>({});
  const [enforcement, setEnforcement] = useState<Enforcement>("none");
  const quotas = useQuotas();
  const amountOf = ({ user, suggestion }: ThrottleRow) => amounts[user] ?? suggestion?.amountUsd ?? "";
  const input = ApplyQuotasInput.safeParse({
    quotas: rows.map((row) => ({ userId: row.user, amountUsd: amountOf(row).trim() })),
    enforcement: enforcement === "none" ? null : enforcement,
  });
  const [first] = rows;
  const whom = rows.length === 1 && first ? first.user : plural(rows.length, "user");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!input.success) return;
    // A refusal is shown in the form.
    void quotas.apply(input.data).then(onApplied, () => undefined);
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Give ${whom} a quota?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant={enforcement === "none" ? "primary" : "danger"}
            disabled={!input.success || quotas.isBusy}
          >
            {rows.length === 1 ? "Apply the quota" : `Apply ${plural(rows.length, "quota")}`}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        <p className="text-sm text-ink-muted">
          A quota is a budget of a user for each month from now on. You find it on Budgets, and can undo it
          right after.
        </p>
        {rows.map((row) => (
          <Field
            key={row.user}
            label={rows.length === 1 ? "USD a month" : `USD a month for ${row.user}`}
            hint={suggestionWords(row)}
          >
            {(ids) => (
              <Input
                {...ids}
                required
                inputMode="decimal"
                className="max-w-48"
                placeholder="5.00"
                value={amountOf(row)}
                onChange={({ target }) => setAmounts({ ...amounts, [row.user]: target.value })}
              />
            )}
          </Field>
        ))}
        <Field label="At the gate" hint={consequences[enforcement]}>
          {(ids) => (
            <Select
              {...ids}
              value={enforcement}
              onChange={({ target: { value } }) => {
                if (value === "none" || value === "ask" || value === "deny") setEnforcement(value);
              }}
            >
              {Object.entries(enforcementWords).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {quotas.error && <Callout tone="bad">{errorSentence(quotas.error)}</Callout>}
      </form>
    </Dialog>
  );
}
