"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { Badge, type Tone } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { formatAgo, formatInstantExactly } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { formatCount } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";

type Delivery = Outputs["sources"]["inbox"]["list"]["deliveries"][number];

const tones: Record<string, Tone> = { failed: "bad", waiting: "accent", done: "warn" };

/** A delivery of which something was refused. */
export function DeliveryRow({ delivery, now }: { delivery: Delivery; now: Date }) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("sources:write");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const retry = useMutation(
    trpc.sources.inbox.retry.mutationOptions({
      onSuccess: () => void toast.success("It is tried again in a moment."),
      onError: (error) => void toast.error(errorSentence(error)),
      onSettled: () => queries.invalidateQueries(trpc.sources.inbox.list.queryFilter()),
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5 sm:px-5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <span title={formatInstantExactly(delivery.receivedAt, timeZone)}>
            {formatAgo(delivery.receivedAt, now, timeZone)}
          </span>
          <Badge tone={tones[delivery.state] ?? "neutral"}>{delivery.state}</Badge>
        </p>
        <p className="mt-0.5 text-xs break-words text-ink-muted">
          {delivery.failure ??
            `${formatCount(delivery.accepted)} added, ${formatCount(delivery.rejected)} rejected`}
        </p>
      </div>
      {mayWrite && delivery.state === "failed" && (
        <Button
          size="sm"
          variant="ghost"
          disabled={retry.isPending}
          onClick={() => retry.mutate({ id: delivery.id })}
        >
          Try again
        </Button>
      )}
    </li>
  );
}
