"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { formatAgo, formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";
import { eventNames, guaranteeNames, messageKinds, messageStates } from "./words";

type Message = Outputs["delivery"]["messages"][number];

/** "New: feature email-drafts", "Digest of 12 alerts". */
function titleOf({ kind, incident, title, folded }: Message, tenantName: string): string {
  if (incident) {
    const { subject, event } = incident;
    const name = subject.kind === "tenant" ? tenantName : `${subject.kind} ${subject.key}`;
    return `${eventNames[event ?? ""] ?? "Incident"}: ${name}`;
  }
  if (kind === "digest") return `Digest of ${plural(folded, "alert")}`;
  return title ?? messageKinds[kind];
}

export function MessageRow({
  message,
  destination,
  now,
}: {
  message: Message;
  destination: string;
  now: Date;
}) {
  const { timeZone, name } = useTenant();
  const mayWrite = useRight("alerts:write");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const retry = useMutation(
    trpc.delivery.retry.mutationOptions({
      onSuccess: () => void toast.success("It is sent again in a moment."),
      onError: (error) => void toast.error(errorSentence(error)),
      onSettled: () => queries.invalidateQueries(trpc.delivery.pathFilter()),
    }),
  );
  const { state, createdAt, sentAt, nextAt, failure, guarantee, attempts, alertId } = message;
  const { label, tone } = messageStates[state];
  const canRetry = mayWrite && state === "failed" && message.kind !== "test";
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5 sm:px-5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className="break-words">{titleOf(message, name)}</span>
          <Badge tone={tone}>{label}</Badge>
        </p>
        <p className="figures mt-0.5 text-xs break-words text-ink-muted">
          <span title={formatInstantExactly(sentAt ?? createdAt, timeZone)}>
            {formatAgo(sentAt ?? createdAt, now, timeZone)}
          </span>
          {` · to ${destination} · ${guaranteeNames[guarantee]}`}
          {alertId !== null && ` · ${alertId}`}
          {attempts > 1 && ` · ${plural(attempts, "try", "tries")}`}
          {nextAt !== null && attempts > 0 && ` · tried again ${formatInstant(nextAt, timeZone, now)}`}
        </p>
        {failure !== null && <p className="mt-0.5 text-xs break-words text-bad">{failure}</p>}
      </div>
      {canRetry && (
        <Button
          size="sm"
          variant="ghost"
          disabled={retry.isPending}
          onClick={() => retry.mutate({ id: message.id })}
        >
          Send again
        </Button>
      )}
    </li>
  );
}
