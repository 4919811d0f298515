"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import type { SetFeatureInput } from "@/server/features/schemas";

/** Says what holds for a feature; what became of it is told, and can be undone. */
export function useFeatureChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSettled = () =>
    Promise.all([
      queries.invalidateQueries(trpc.features.pathFilter()),
      queries.invalidateQueries(trpc.reports.featureValue.pathFilter()),
    ]);
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const undo = useMutation(trpc.features.set.mutationOptions({ onSettled, onError }));
  const set = useMutation(trpc.features.set.mutationOptions({ onSettled }));
  return {
    isBusy: set.isPending,
    error: set.error,
    /** Resolves once it is saved; a refusal is in `error`. */
    set: async (input: SetFeatureInput) => {
      const { setting, before } = await set.mutateAsync(input);
      toast.success(`What holds for ${setting.feature} was saved.`, {
        duration: 10_000,
        action: { label: "Undo", onClick: () => undo.mutate(before) },
      });
    },
  };
}
