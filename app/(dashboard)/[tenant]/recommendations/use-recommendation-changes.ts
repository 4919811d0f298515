"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";

/** Decisions; each says what became of it, and can be undone. */
export function useRecommendationChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries(trpc.recommendations.pathFilter());
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const reopen = useMutation(trpc.recommendations.reopen.mutationOptions({ onSettled, onError }));
  const offerUndo = (told: string, id: string) =>
    void toast.success(told, {
      duration: 10_000,
      action: { label: "Undo", onClick: () => reopen.mutate({ id }) },
    });
  const accept = useMutation(
    trpc.recommendations.accept.mutationOptions({
      onSettled,
      onSuccess: ({ id }) => offerUndo("Accepted. What it saves is measured from tomorrow on.", id),
    }),
  );
  const dismiss = useMutation(
    trpc.recommendations.dismiss.mutationOptions({
      onSettled,
      onError,
      onSuccess: ({ id }) => offerUndo("Dismissed.", id),
    }),
  );
  return { accept, dismiss, reopen };
}
