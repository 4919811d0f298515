"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { TypedConfirm } from "@/app/_components/forms/typed-confirm";
import { Button } from "@/app/_components/ui/button";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { shredWords } from "@/server/privacy/schemas";

export function ShredKey({ isOn }: { isOn: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const shred = useMutation(
    trpc.privacy.shredPseudonymKey.mutationOptions({
      onSuccess: () => {
        setIsAsking(false);
        toast.success("The key is deleted. Nobody can tell any more who the pseudonyms of before were.");
      },
      onSettled: () => queries.invalidateQueries(trpc.privacy.show.queryFilter()),
    }),
  );
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3.5 sm:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="text-sm font-medium">Delete the key</p>
        <p className="mt-0.5 text-xs text-ink-muted">
          Makes all pseudonyms of before anonymous for good. Figures stay.
        </p>
      </div>
      <Button variant="danger" onClick={() => setIsAsking(true)}>
        Delete the key
      </Button>
      <TypedConfirm
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title="Delete the key of all pseudonyms?"
        words={shredWords}
        confirm="Delete the key for good"
        isPending={shred.isPending}
        failure={shred.error && errorSentence(shred.error)}
        onConfirm={() => shred.mutate({ confirm: shredWords })}
      >
        <p>
          Nobody, we included, can tell any more who a pseudonym of before was, nor find that person’s calls
          to forget them. This cannot be taken back.
        </p>
        {isOn && <p>A new key is made at once: from now on the same people get other pseudonyms.</p>}
      </TypedConfirm>
    </div>
  );
}
