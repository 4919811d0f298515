"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { formatDate } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";
import { LoginDialog } from "./login-dialog";

type Reader = Outputs["bi"]["listReaders"]["readers"][number];

export function ReaderRow({ reader }: { reader: Reader }) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("bi:write");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refetch = () => queries.invalidateQueries(trpc.bi.listReaders.queryFilter());
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const rotate = useMutation(trpc.bi.rotateReader.mutationOptions({ onError, onSettled: refetch }));
  const revoke = useMutation(
    trpc.bi.revokeReader.mutationOptions({
      onSuccess: () => void toast.success("The reader was revoked."),
      onError,
      onSettled: refetch,
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-52">
        <p className="text-sm font-medium break-words">{reader.name}</p>
        <p className="mt-0.5 text-xs text-ink-muted">
          <code className="font-mono">{reader.user}</code> · made {formatDate(reader.createdAt, timeZone)}
          {reader.rotatedAt !== null && ` · new password ${formatDate(reader.rotatedAt, timeZone)}`}
        </p>
      </div>
      {mayWrite && (
        <div className="flex gap-1">
          <ConfirmButton
            label="New password"
            title={`A new password for “${reader.name}”?`}
            confirm="Make a new password"
            onConfirm={() => rotate.mutate({ id: reader.id })}
          >
            The old one ends at once, and with it every open connection: the tool shows errors until it knows
            the new one.
          </ConfirmButton>
          <ConfirmButton
            label="Revoke"
            title={`Revoke “${reader.name}”?`}
            confirm="Revoke the reader"
            onConfirm={() => revoke.mutate({ id: reader.id })}
          >
            Its connections end at once and its login is deleted. A revoked reader does not come back.
          </ConfirmButton>
        </div>
      )}
      {rotate.data && (
        <LoginDialog
          login={rotate.data}
          title={`New password for “${reader.name}”`}
          onClose={() => rotate.reset()}
        />
      )}
    </li>
  );
}
