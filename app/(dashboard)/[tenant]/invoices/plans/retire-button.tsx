"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import type { PlanHead } from "@/server/invoices/documents";
import { useRight } from "../../_components/tenant-context";

/** Nothing where it may not be retired: while accounts have it, or it is the default. */
export function RetireButton({ plan: { id, terms, accounts, isDefault, retiredAt } }: { plan: PlanHead }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayWrite = useRight("billing:write");
  const retire = useMutation(
    trpc.invoices.retirePlan.mutationOptions({
      onError: (error) => void toast.error(errorSentence(error)),
      onSuccess: () => void toast.success(`${terms.name} is retired.`),
      onSettled: () => queries.invalidateQueries(trpc.invoices.pathFilter()),
    }),
  );
  if (!mayWrite || retiredAt !== null || isDefault || accounts > 0) return null;
  return (
    <ConfirmButton
      label={`Retire ${terms.name}`}
      title={`Retire ${terms.name}?`}
      confirm="Retire the plan"
      onConfirm={() => retire.mutate({ id })}
    >
      No account can have it any more. Invoices that were computed with it stay as they are. This cannot be
      undone; a new plan may have its name.
    </ConfirmButton>
  );
}
