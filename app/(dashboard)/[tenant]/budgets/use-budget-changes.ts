"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import type { SetBudgetInput } from "@/server/budgets/schemas";
import { subjectName } from "./words";

/** What of a version is set again to have it back. */
type Said = Pick<
  Required<SetBudgetInput>,
  "subject" | "period" | "amountUsd" | "thresholds" | "enforcement" | "ownerId" | "note"
>;
export const saidIn = ({
  subject,
  period,
  amountUsd,
  thresholds,
  enforcement,
  ownerId,
  note,
}: Said): Said => ({
  subject,
  period,
  amountUsd,
  thresholds,
  enforcement,
  ownerId,
  note,
});

/** Setting and ending budgets; each says what became of it and can be undone. */
export function useBudgetChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries(trpc.budgets.pathFilter());
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const set = useMutation(trpc.budgets.set.mutationOptions({ onSettled }));
  const undo = { set: useMutation(trpc.budgets.set.mutationOptions({ onSettled, onError })), end: useMutation(trpc.budgets.end.mutationOptions({ onSettled, onError })) }; // prettier-ignore
  const end = useMutation(trpc.budgets.end.mutationOptions({ onSettled, onError }));
  const offerUndo = (told: string, onClick: () => void) =>
    void toast.success(told, { duration: 10_000, action: { label: "Undo", onClick } });
  return {
    isBusy: set.isPending || end.isPending,
    error: set.error,
    /** Resolves once it is saved; a refusal is in `error`. */
    set: async (input: SetBudgetInput) => {
      const { budget, before } = await set.mutateAsync(input);
      const name = subjectName(budget.subject);
      offerUndo(before ? `The budget of ${name} was changed.` : `${name} has a budget.`, () =>
        before ? undo.set.mutate(saidIn(before)) : undo.end.mutate({ id: budget.id }),
      );
    },
    end: (id: string) =>
      void end.mutateAsync({ id }).then(
        ({ budget }) =>
          offerUndo(`The budget of ${subjectName(budget.subject)} has ended.`, () =>
            undo.set.mutate(saidIn(budget)),
          ),
        () => undefined,
      ),
  };
}
