"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import type { DecideInput } from "@/server/kill-review/schemas";

/** Deciding, and taking it back; a budget that comes with a limit is set after it. */
export function useDecisionChanges(month: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries(trpc.killReview.pathFilter());
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const decide = useMutation(trpc.killReview.decide.mutationOptions({ onSettled }));
  const again = useMutation(trpc.killReview.decide.mutationOptions({ onSettled, onError }));
  const withdraw = useMutation(trpc.killReview.withdraw.mutationOptions({ onSettled, onError }));
  const budget = useMutation(trpc.budgets.set.mutationOptions({ onError }));
  return {
    isBusy: decide.isPending || again.isPending || withdraw.isPending,
    error: decide.error,
    /** Resolves once it is saved; a refusal is in `error`. @param amountUsd of a budget for the feature; null: none */
    decide: async (input: DecideInput, amountUsd: string | null) => {
      const { before } = await decide.mutateAsync(input);
      if (amountUsd !== null)
        budget.mutate(
          { subject: { kind: "feature", key: input.feature }, amountUsd },
          { onSuccess: () => void toast.success(`${input.feature} has a monthly budget.`) },
        );
      toast.success(`Decided: ${input.decision} ${input.feature}.`, {
        duration: 10_000,
        action: {
          label: "Undo",
          onClick: () => {
            if (!before || before.decision === "withdrawn")
              withdraw.mutate({ month, feature: input.feature, reason: "Taken back at once" });
            else {
              const { feature, decision, reason, ownerId, dueOn, mergeInto } = before;
              again.mutate({ month: before.month, feature, decision, reason, ownerId, dueOn, mergeInto });
            }
          },
        },
      });
    },
    withdraw: (feature: string, reason: string) => withdraw.mutate({ month, feature, reason }),
  };
}
