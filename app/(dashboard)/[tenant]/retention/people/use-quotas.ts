"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { ApplyQuotasInput } from "@/server/retention/schemas";

/** Giving quotas, all of them or none; it says so and can be undone at once. */
export function useQuotas() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSettled = async () => {
    await Promise.all([
      queries.invalidateQueries(trpc.reports.throttle.pathFilter()),
      queries.invalidateQueries(trpc.budgets.pathFilter()),
    ]);
  };
  const apply = useMutation(trpc.retention.applyQuotas.mutationOptions({ onSettled }));
  const takeBack = useMutation(
    trpc.retention.takeBackQuotas.mutationOptions({
      onSettled,
      onSuccess: ({ quotas }) =>
        void toast.success(`${plural(quotas, "quota was", "quotas were")} taken back.`),
      onError: (error) => void toast.error(errorSentence(error)),
    }),
  );
  return {
    isBusy: apply.isPending,
    error: apply.error,
    forget: apply.reset,
    /** Resolves once they are applied; a refusal is in `error`. */
    apply: async (input: ApplyQuotasInput) => {
      const { quotas } = await apply.mutateAsync(input);
      const [first] = quotas;
      toast.success(
        quotas.length === 1 && first
          ? `${first.userId} has a quota.`
          : `${plural(quotas.length, "user")} have a quota.`,
        {
          duration: 10_000,
          action: {
            label: "Undo",
            onClick: () => takeBack.mutate({ quotas: quotas.map(({ id, version }) => ({ id, version })) }),
          },
        },
      );
    },
  };
}
