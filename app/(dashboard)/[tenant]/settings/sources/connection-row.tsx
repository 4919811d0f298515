"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Badge, type Tone } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { formatAgo, formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { formatCount } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";

type Connection = Outputs["sources"]["connections"]["list"][number];

const tones = { active: "good", paused: "neutral", failing: "bad" } as const satisfies Record<
  Connection["state"],
  Tone
>;
const kinds = { langfuse: "Langfuse", plausible: "Plausible" } as const;

/** What can be done with a connection, each followed by the list as it is then. */
function useActions(connection: Connection) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const after = (sentence: string) => ({
    onSuccess: () => void toast.success(sentence),
    onError: (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error)),
    onSettled: () => queries.invalidateQueries(trpc.sources.connections.list.queryFilter()),
  });
  const { connections } = trpc.sources;
  const pullNow = useMutation(connections.pullNow.mutationOptions(after("The pull begins in a moment.")));
  const pause = useMutation(connections.pause.mutationOptions(after("Nothing more is pulled.")));
  const resume = useMutation(connections.resume.mutationOptions(after("Pulling goes on.")));
  const remove = useMutation(connections.remove.mutationOptions(after("The connection was removed.")));
  const id = { id: connection.id };
  return {
    isBusy: [pullNow, pause, resume, remove].some((action) => action.isPending),
    pullNow: () => pullNow.mutate(id),
    pause: () => pause.mutate(id),
    resume: () => resume.mutate(id),
    remove: () => remove.mutate(id),
  };
}

function Actions({ connection }: { connection: Connection }) {
  const { isBusy, ...actions } = useActions(connection);
  const isPaused = connection.state === "paused";
  return (
    <div className="-ml-2.5 flex flex-wrap gap-1 sm:ml-0">
      {!isPaused && (
        <Button size="sm" variant="ghost" disabled={isBusy} onClick={actions.pullNow}>
          Pull now
        </Button>
      )}
      <Button size="sm" variant="ghost" disabled={isBusy} onClick={isPaused ? actions.resume : actions.pause}>
        {isPaused ? "Resume" : "Pause"}
      </Button>
      <ConfirmButton
        label="Remove"
        title={`Remove “${connection.name}”?`}
        confirm="Remove the connection"
        onConfirm={actions.remove}
      >
        Its keys are deleted and nothing more is pulled. What it brought stays, and connecting it again brings
        nothing twice.
      </ConfirmButton>
    </div>
  );
}

export function ConnectionRow({ connection, now }: { connection: Connection; now: Date }) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("sources:write");
  const { pulledTo, lastOkAt, waitUntil, failure } = connection;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          {connection.name}
          <Badge>{kinds[connection.kind]}</Badge>
          <Badge tone={tones[connection.state]} dot={connection.state !== "paused"}>
            {connection.state}
          </Badge>
        </p>
        <p className="mt-0.5 text-xs break-words text-ink-muted">
          {connection.baseUrl} · {connection.what}
        </p>
        <p className="mt-0.5 text-xs text-ink-muted">
          <span title={lastOkAt === null ? undefined : formatInstantExactly(lastOkAt, timeZone)}>
            {lastOkAt === null ? "Never complete yet" : `Last complete ${formatAgo(lastOkAt, now, timeZone)}`}
          </span>
          {pulledTo !== null && ` · all before ${formatInstant(pulledTo, timeZone, now)}`}
          {waitUntil !== null && ` · asked to wait until ${formatInstant(waitUntil, timeZone, now)}`}
        </p>
        <p className="figures mt-0.5 text-xs text-ink-muted">
          {formatCount(connection.accepted)} added · {formatCount(connection.duplicates)} known ·{" "}
          {formatCount(connection.rejected)} rejected
        </p>
        {failure !== null && <p className="mt-1 text-xs text-bad">{failure}</p>}
      </div>
      {mayWrite && <Actions connection={connection} />}
    </li>
  );
}
