"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { SecretOnce } from "@/app/_components/forms/secret-once";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { useTRPC } from "@/app/_trpc/client";
import type { AddDestinationInput, DestinationKind } from "@/server/delivery/schemas";
import { everything } from "@/server/delivery/schemas";
import { DestinationForm, type DraftDestination } from "./destination-form";
import { draftOf, routesOf } from "./draft-routes";
import { targetOf } from "./target-field";
import { kindNames } from "./words";

function inputOf(kind: DestinationKind, draft: DraftDestination): AddDestinationInput {
  const common = { name: draft.name, routes: routesOf(draft) };
  const target = targetOf(kind, draft.target);
  if (kind === "email") return { kind, ...common, to: "to" in target ? target.to : [] };
  return { kind, ...common, url: "url" in target ? target.url : "" };
}

export function AddDestinationDialog({ kind, onClose }: { kind: DestinationKind; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<DraftDestination>({ name: "", target: "", ...draftOf(everything) });
  const add = useMutation(
    trpc.delivery.add.mutationOptions({
      onSuccess: async ({ secret }) => {
        await queries.invalidateQueries(trpc.delivery.list.queryFilter());
        if (secret !== null) return;
        toast.success("Added. Send a test to see it arrive.");
        onClose();
      },
    }),
  );
  const secret = add.data?.secret ?? null;
  if (secret !== null)
    return (
      <Dialog
        sticky
        open
        onClose={onClose}
        title={`The secret of “${draft.name}”`}
        footer={
          <Button variant="primary" onClick={onClose}>
            I have copied it
          </Button>
        }
      >
        <SecretOnce text={secret}>
          With it the other side checks the header webhook-signature (Standard Webhooks). This is the only
          time that it is shown.
        </SecretOnce>
      </Dialog>
    );
  return (
    <DestinationForm
      kind={kind}
      title={`Tell incidents by ${kindNames[kind]}`}
      draft={draft}
      onChange={(part) => setDraft({ ...draft, ...part })}
      onSubmit={() => add.mutate(inputOf(kind, draft))}
      onClose={onClose}
      submitLabel="Add"
      isPending={add.isPending}
      error={add.error}
    />
  );
}
