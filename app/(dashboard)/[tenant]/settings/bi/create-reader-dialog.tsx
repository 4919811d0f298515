"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { LoginDialog } from "./login-dialog";

export function CreateReaderDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const formId = useId();
  const [name, setName] = useState("");
  const create = useMutation(
    trpc.bi.createReader.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.bi.listReaders.queryFilter()),
    }),
  );
  const close = () => {
    create.reset();
    setName("");
    onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate({ name });
  };

  if (create.data)
    return <LoginDialog login={create.data} title={`Reader “${create.data.name}”`} onClose={close} />;
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Create a reader"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={create.isPending}>
            Create
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        <Field label="Name" hint="Say which tool uses it." error={fieldError(create.error, "name")}>
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={80}
              placeholder="Metabase"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <p className="text-sm text-ink-muted">
          Whoever has this login sees every call with its user, feature and cost, as members do.
        </p>
        {create.isError && create.error.data?.field === undefined && (
          <Callout tone="bad">{errorSentence(create.error)}</Callout>
        )}
      </form>
    </Dialog>
  );
}
