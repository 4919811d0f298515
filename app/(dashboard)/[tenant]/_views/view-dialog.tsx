"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import type { View } from "./use-view-changes";

interface NameFormProps {
  id: string;
  initialName: string;
  /** What the server said against it. */
  failure: Parameters<typeof errorSentence>[0] | null;
  onSubmit: (name: string) => void;
  children?: ReactNode;
}

function NameForm({ id, initialName, failure, onSubmit, children }: NameFormProps) {
  const [name, setName] = useState(initialName);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit(name);
  };
  return (
    <form id={id} onSubmit={submit} className="space-y-4">
      <Field label="Name" error={failure ? errorSentence(failure) : undefined}>
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={80}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {children}
    </form>
  );
}

function Buttons({
  form,
  label,
  isPending,
  onClose,
}: {
  form: string;
  label: string;
  isPending: boolean;
  onClose: () => void;
}) {
  return (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" form={form} variant="primary" disabled={isPending}>
        {label}
      </Button>
    </>
  );
}

interface SaveViewDialogProps {
  /** What to keep; null while the dialog is closed. */
  view: Pick<View, "screen" | "query"> | null;
  onClose: () => void;
}

export function SaveViewDialog({ view, onClose }: SaveViewDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useId();
  const [isShared, setIsShared] = useState(false);
  const save = useMutation(
    trpc.views.save.mutationOptions({
      onSuccess: (_saved, { name }) => {
        toast.success(`“${name.trim()}” was saved.`);
        close();
      },
      onSettled: () => queries.invalidateQueries(trpc.views.list.queryFilter()),
    }),
  );
  const close = () => {
    setIsShared(false);
    save.reset();
    onClose();
  };
  return (
    <Dialog
      open={view !== null}
      onClose={close}
      title="Save this view"
      footer={<Buttons form={form} label="Save" isPending={save.isPending} onClose={close} />}
    >
      <NameForm
        id={form}
        initialName=""
        failure={save.error}
        onSubmit={(name) => view && save.mutate({ ...view, name, shared: isShared })}
      >
        <label className="flex items-start gap-2.5 text-sm">
          <input
            type="checkbox"
            className="mt-1 accent-accent"
            checked={isShared}
            onChange={(event) => setIsShared(event.target.checked)}
          />
          <span>
            Share with everybody in the organisation
            <span className="block text-xs text-ink-muted">
              Otherwise nobody but you sees it. A range such as “Last 7 days” moves on with the days.
            </span>
          </span>
        </label>
      </NameForm>
    </Dialog>
  );
}

interface RenameViewDialogProps {
  /** Null while the dialog is closed. */
  view: View | null;
  onClose: () => void;
}

export function RenameViewDialog({ view, onClose }: RenameViewDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useId();
  const rename = useMutation(
    trpc.views.rename.mutationOptions({
      onSuccess: () => close(),
      onSettled: () => queries.invalidateQueries(trpc.views.list.queryFilter()),
    }),
  );
  const close = () => {
    rename.reset();
    onClose();
  };
  return (
    <Dialog
      open={view !== null}
      onClose={close}
      title="Rename the view"
      footer={<Buttons form={form} label="Rename" isPending={rename.isPending} onClose={close} />}
    >
      <NameForm
        id={form}
        initialName={view?.name ?? ""}
        failure={rename.error}
        onSubmit={(name) => view && rename.mutate({ id: view.id, name })}
      />
    </Dialog>
  );
}
