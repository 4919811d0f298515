"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import type { ReviewStep } from "@/server/weekly-review/schemas";
import { stepTitles } from "../words";

/** Ticking parts of a review and calling it done; each can be undone. */
export function useReviewChanges(week: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries(trpc.reviews.pathFilter());
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const tick = useMutation(trpc.reviews.tick.mutationOptions({ onSettled, onError }));
  const untick = useMutation(trpc.reviews.untick.mutationOptions({ onSettled, onError }));
  const finish = useMutation(trpc.reviews.finish.mutationOptions({ onSettled, onError }));
  const reopen = useMutation(trpc.reviews.reopen.mutationOptions({ onSettled, onError }));
  const offerUndo = (told: string, onClick: () => void) =>
    void toast.success(told, { duration: 10_000, action: { label: "Undo", onClick } });
  return {
    isBusy: tick.isPending || untick.isPending || finish.isPending || reopen.isPending,
    tick: (step: ReviewStep, note: string) => tick.mutate({ week, step, note }),
    untick: (step: ReviewStep) =>
      untick.mutate(
        { week, step },
        {
          onSuccess: ({ note }) =>
            offerUndo(`“${stepTitles[step]}” is not ticked any more.`, () =>
              tick.mutate({ week, step, note: note ?? "" }),
            ),
        },
      ),
    finish: () =>
      finish.mutate(
        { week },
        { onSuccess: () => offerUndo("The review is done.", () => reopen.mutate({ week })) },
      ),
    reopen: () => reopen.mutate({ week }),
  };
}
