import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";

/** What can be done with bills; whatever shows them is read anew after it. */
export function useBillChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const after = (sentence: string) => ({
    onSuccess: () => void toast.success(sentence),
    onError: (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error)),
    onSettled: () => queries.invalidateQueries(trpc.bills.pathFilter()),
  });
  const { bills } = trpc;
  return {
    signOff: useMutation(bills.signOff.mutationOptions(after("The month is signed off."))),
    addFile: useMutation(
      bills.addFile.mutationOptions({
        ...after(""),
        onSuccess: ({ wasKnown }) =>
          void toast.success(
            wasKnown
              ? "This file was here before. Nothing is doubled; its days were read once more."
              : "The bill was added.",
          ),
      }),
    ),
    removeFile: useMutation(bills.removeFile.mutationOptions(after("The file counts no more."))),
    connect: useMutation(
      bills.connect.mutationOptions({
        onSuccess: () => void toast.success("Connected. The first read begins in a moment."),
        onSettled: () => queries.invalidateQueries(trpc.bills.pathFilter()),
      }),
    ),
    pullNow: useMutation(bills.pullNow.mutationOptions(after("The read begins in a moment."))),
    pause: useMutation(bills.pause.mutationOptions(after("Nothing more is read."))),
    resume: useMutation(bills.resume.mutationOptions(after("Reading goes on."))),
    disconnect: useMutation(bills.disconnect.mutationOptions(after("The connection was removed."))),
  };
}
