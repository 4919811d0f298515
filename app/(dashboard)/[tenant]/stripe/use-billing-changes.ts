"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "@/app/_trpc/client";
import { failureSentence } from "./failure-sentence";

/** Hours that can be asked for; whatever shows billing is read anew after it. */
export function useBillingChanges() {
  const { billing } = useTRPC();
  const queries = useQueryClient();
  const after = (sentence: string) => ({
    onSuccess: () => void toast.success(sentence),
    onError: (error: Parameters<typeof failureSentence>[0]) => void toast.error(failureSentence(error)),
    onSettled: () => queries.invalidateQueries(billing.pathFilter()),
  });
  return {
    run: useMutation(billing.run.mutationOptions(after("The run begins in a moment."))),
    retry: useMutation(billing.retry.mutationOptions(after("It is sent again with the next run."))),
  };
}
