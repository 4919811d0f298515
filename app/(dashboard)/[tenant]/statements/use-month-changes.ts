import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { formatMonth } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";

/** What can be done with a month; whatever shows months is read anew after it. */
export function useMonthChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const always = {
    onError: (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error)),
    onSettled: async () => {
      await queries.invalidateQueries(trpc.statements.pathFilter());
      await queries.invalidateQueries(trpc.periods.pathFilter());
    },
  };
  const close = useMutation(
    trpc.periods.close.mutationOptions({
      ...always,
      // Freezing a month of millions of calls takes a while.
      onMutate: ({ month }) => ({ told: toast.loading(`Closing ${formatMonth(month)} …`) }),
      onError: (error, _, begun) => void toast.error(errorSentence(error), { id: begun?.told }),
      onSuccess: ({ state }, _, { told }) =>
        void toast.success(
          state === "closed"
            ? "The month is closed."
            : "The month is closed as soon as nothing keeps it open.",
          { id: told },
        ),
    }),
  );
  const cancel = useMutation(
    trpc.periods.cancel.mutationOptions({
      ...always,
      onSuccess: () => void toast.success("The month stays open."),
    }),
  );
  const reopen = useMutation(
    trpc.periods.reopen.mutationOptions({
      ...always,
      onSuccess: () => void toast.success("The month is open again."),
    }),
  );
  return { close, cancel, reopen };
}
