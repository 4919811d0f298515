"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { type Outputs, useTRPC } from "@/app/_trpc/client";

export type View = Outputs["views"]["list"][number];

/** Changes of views that are there; each says what became of it. */
export function useViewChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const onSettled = () => queries.invalidateQueries(trpc.views.list.queryFilter());
  const restore = useMutation(trpc.views.restore.mutationOptions({ onError, onSettled }));
  const remove = useMutation(trpc.views.delete.mutationOptions({ onError, onSettled }));
  const update = useMutation(trpc.views.update.mutationOptions({ onError, onSettled }));
  return {
    isBusy: restore.isPending || remove.isPending || update.isPending,
    remove: ({ id, name }: View) =>
      remove.mutate(
        { id },
        {
          onSuccess: () =>
            void toast.success(`“${name}” was deleted.`, {
              duration: 10_000,
              action: {
                label: "Undo",
                onClick: () =>
                  restore.mutate({ id }, { onSuccess: () => void toast.success(`“${name}” is back.`) }),
              },
            }),
        },
      ),
    update: ({ id, name }: View, to: Pick<View, "screen" | "query">) =>
      update.mutate(
        { id, ...to },
        { onSuccess: () => void toast.success(`“${name}” leads to what is shown now.`) },
      ),
  };
}
