"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import type { GateSettings } from "@/server/gate/schemas";

/** Saving the gate's settings; it says so and can be undone. */
export function useGateSettings() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries(trpc.gate.pathFilter());
  const save = useMutation(trpc.gate.setSettings.mutationOptions({ onSettled }));
  const undo = useMutation(
    trpc.gate.setSettings.mutationOptions({
      onSettled,
      onSuccess: () => void toast.success("The gate is as it was."),
      onError: (error) => void toast.error(errorSentence(error)),
    }),
  );
  return {
    isBusy: save.isPending,
    error: save.error,
    /** Resolves once it is saved; a refusal is in `error`. */
    save: async (settings: GateSettings, before: GateSettings) => {
      await save.mutateAsync(settings);
      toast.success("The gate’s settings were changed.", {
        duration: 10_000,
        action: { label: "Undo", onClick: () => undo.mutate(before) },
      });
    },
  };
}
