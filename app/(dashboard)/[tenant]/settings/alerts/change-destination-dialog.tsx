"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "@/app/_trpc/client";
import { DestinationForm, type DraftDestination } from "./destination-form";
import { draftOf, routesOf } from "./draft-routes";
import { targetOf } from "./target-field";
import type { Destination } from "./use-destination-actions";

export function ChangeDestinationDialog({
  destination,
  onClose,
}: {
  destination: Destination;
  onClose: () => void;
}) {
  const { id, kind, name, routes } = destination;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<DraftDestination>({ name, target: "", ...draftOf(routes) });
  const change = useMutation(
    trpc.delivery.change.mutationOptions({
      onSuccess: async () => {
        toast.success("Saved. It holds for what happens from now on.");
        await queries.invalidateQueries(trpc.delivery.list.queryFilter());
        onClose();
      },
    }),
  );
  const target = draft.target.trim() === "" ? {} : targetOf(kind, draft.target);
  return (
    <DestinationForm
      isChange
      kind={kind}
      title={`Change “${name}”`}
      draft={draft}
      onChange={(part) => setDraft({ ...draft, ...part })}
      onSubmit={() => change.mutate({ id, name: draft.name, routes: routesOf(draft), ...target })}
      onClose={onClose}
      submitLabel="Save"
      isPending={change.isPending}
      error={change.error}
    />
  );
}
