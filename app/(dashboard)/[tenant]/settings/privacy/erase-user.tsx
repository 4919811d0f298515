"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { toast } from "sonner";
import { TypedConfirm } from "@/app/_components/forms/typed-confirm";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { useNow } from "../../_components/use-now";
import { Erasures } from "./erasures";

export function EraseUser({ now: initialNow }: { now: string }) {
  const now = useNow(initialNow);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [userId, setUserId] = useState("");
  const [isAsking, setIsAsking] = useState(false);
  const erase = useMutation(
    trpc.privacy.eraseUser.mutationOptions({
      onSuccess: () => {
        setIsAsking(false);
        setUserId("");
        toast.success("The person is being forgotten. Progress stands below.");
      },
      onSettled: () => queries.invalidateQueries(trpc.privacy.erasures.queryFilter()),
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsAsking(true);
  };
  return (
    <Card>
      <CardHeader
        title="Forget a person"
        hint="Replaces a user id everywhere by a name that means nothing. Calls, tokens and amounts stay, so no total changes."
      />
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2 border-t px-4 py-3.5 sm:px-5">
        <Field label="User id" className="flex-1 basis-56">
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={256}
              autoComplete="off"
              spellCheck={false}
              placeholder="As your app sends it, or its pseudonym"
              value={userId}
              onChange={(event) => setUserId(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="danger" disabled={userId.trim() === ""}>
          Forget …
        </Button>
      </form>
      <Erasures now={now} />
      <TypedConfirm
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title="Forget this person?"
        words={userId}
        confirm="Forget this person"
        isPending={erase.isPending}
        failure={erase.error && errorSentence(erase.error)}
        onConfirm={() => erase.mutate({ userId, confirm: userId })}
      >
        <p>
          The id and its pseudonym are replaced in the ledger, its history, reports, rules and whatever was
          kept aside, also in closed months. This cannot be taken back.
        </p>
        <p>
          Have your apps stop sending the id first: calls that come later with it are a new user’s. Your own
          exports and backups keep what they have.
        </p>
      </TypedConfirm>
    </Card>
  );
}
