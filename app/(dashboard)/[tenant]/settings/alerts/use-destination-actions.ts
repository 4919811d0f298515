"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { type Outputs, useTRPC } from "@/app/_trpc/client";

export type Destination = Outputs["delivery"]["list"]["destinations"][number];

/** What can be done with a destination, each followed by the lists as they are then. */
export function useDestinationActions({ id, name }: Destination) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const onSettled = () => queries.invalidateQueries(trpc.delivery.pathFilter());
  const options = { onError, onSettled };
  const test = useMutation(trpc.delivery.test.mutationOptions(options));
  const pause = useMutation(trpc.delivery.pause.mutationOptions(options));
  const resume = useMutation(trpc.delivery.resume.mutationOptions(options));
  const remove = useMutation(trpc.delivery.remove.mutationOptions(options));
  const restore = useMutation(trpc.delivery.restore.mutationOptions(options));
  /** Told wherever the row has gone in the meantime: a mutation's own callbacks end with what called it. */
  const tell = <T>(change: Promise<T>, told: (done: T) => void) => void change.then(told, () => undefined);
  const undo = () =>
    tell(restore.mutateAsync({ id }), () => {
      toast.success(`“${name}” is back.`);
    });
  return {
    isBusy: [test, pause, resume, remove].some((action) => action.isPending),
    isTesting: test.isPending,
    test: () =>
      tell(test.mutateAsync({ id }), ({ ok, answer }) => {
        if (ok) toast.success(`“${name}”: ${answer}`);
        else toast.error(`“${name}”: ${answer}`, { duration: 15_000 });
      }),
    pause: () =>
      tell(pause.mutateAsync({ id }), () => {
        toast.success("Nothing more is sent there. What it misses is listed.");
      }),
    resume: () =>
      tell(resume.mutateAsync({ id }), () => {
        toast.success("Incidents are told there again from now on.");
      }),
    remove: () =>
      tell(remove.mutateAsync({ id }), () => {
        toast.success(`“${name}” was removed.`, {
          duration: 10_000,
          action: { label: "Undo", onClick: undo },
        });
      }),
  };
}
