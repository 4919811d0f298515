"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import type { z } from "zod";
import type { SetBudgetInput } from "@/server/budgets/schemas";
import { subjectName } from "../words";
import { EnforceDialog } from "./enforce-dialog";
import { enforcementSentences } from "./enforcement-sentences";

interface EnforceBudgetProps {
  open: boolean;
  /** As it would be saved; null: the form is not filled in. */
  budget: z.output<typeof SetBudgetInput> | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asked before a budget that only told begins to refuse calls: whose, beyond what, and whether at once. */
export function EnforceBudget({ open, budget, onConfirm, onClose }: EnforceBudgetProps) {
  const asked = useQuery(
    useTRPC().budgets.forecast.queryOptions(open && budget ? { subject: budget.subject } : skipToken),
  );
  if (!budget?.enforcement) return null;
  const { subject, period, amountUsd, enforcement } = budget;
  const used = period === "month" ? asked.data?.usedUsd : asked.data?.days.at(-1)?.costUsd;
  const sentences = enforcementSentences({ subject, period, amountUsd, enforcement }, used ?? undefined);
  return (
    <EnforceDialog
      open={open}
      title={`Enforce the budget of ${subjectName(subject)}?`}
      confirm="Enforce it"
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p>You can undo it right after.</p>
    </EnforceDialog>
  );
}
