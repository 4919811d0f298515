import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";

/** What can be said of a difference; both sides are read anew after it. */
export function useDifferenceChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const always = {
    onError: (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error)),
    onSettled: () => queries.invalidateQueries(trpc.reconciliation.pathFilter()),
  };
  const assign = useMutation(
    trpc.reconciliation.assign.mutationOptions({ ...always, onSuccess: () => void toast.success("Saved.") }),
  );
  const unsettle = useMutation(
    trpc.reconciliation.unsettle.mutationOptions({ ...always, onSuccess: () => void toast.success("It is open again.") }),
  );
  const settle = useMutation(
    trpc.reconciliation.settle.mutationOptions({
      ...always,
      onSuccess: (_, { month, link, key }) =>
        void toast.success("Settled.", {
          duration: 10_000,
          action: { label: "Undo", onClick: () => unsettle.mutate({ month, link, key }) },
        }),
    }),
  );
  return { assign, settle, unsettle };
} // prettier-ignore
