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
  /** Told wherever the row has gone in the meantime: a mutation's own callbacks end with what called it. */
  const tell = (change: Promise<unknown>, told: () => void) => void change.then(told, () => undefined);
  const undo = ({ id, name }: View) =>
    tell(restore.mutateAsync({ id }), () => void toast.success(`“${name}” is back.`));
  return {
    isBusy: restore.isPending || remove.isPending || update.isPending,
    remove: (view: View) =>
      tell(remove.mutateAsync({ id: view.id }), () => {
        toast.success(`“${view.name}” was deleted.`, {
          duration: 10_000,
          action: { label: "Undo", onClick: () => undo(view) },
        });
      }),
    update: ({ id, name }: View, to: Pick<View, "screen" | "query">) =>
      tell(update.mutateAsync({ id, ...to }), () => {
        toast.success(`“${name}” leads to what is shown now.`);
      }),
  };
}
