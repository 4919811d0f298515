"use client";

import { useState } from "react";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { formatAgo, formatInstantExactly } from "@/app/_format/dates";
import { formatCount } from "@/app/_format/quantities";
import { useRight, useTenant } from "../../_components/tenant-context";
import { ChangeDestinationDialog } from "./change-destination-dialog";
import { routesInWords } from "./draft-routes";
import { type Destination, useDestinationActions } from "./use-destination-actions";
import { kindNames, stateWords } from "./words";

function Actions({ destination }: { destination: Destination }) {
  const { isBusy, isTesting, ...actions } = useDestinationActions(destination);
  const [isChanging, setIsChanging] = useState(false);
  const isActive = destination.state === "active";
  return (
    <div className="-ml-2.5 flex flex-wrap gap-1 sm:ml-0">
      <Button size="sm" variant="ghost" disabled={isBusy} onClick={actions.test}>
        {isTesting ? "Sending …" : "Send a test"}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => setIsChanging(true)}>
        Change
      </Button>
      <Button size="sm" variant="ghost" disabled={isBusy} onClick={isActive ? actions.pause : actions.resume}>
        {isActive ? "Pause" : "Resume"}
      </Button>
      <ConfirmButton
        label="Remove"
        title={`Remove “${destination.name}”?`}
        confirm="Remove the destination"
        onConfirm={actions.remove}
      >
        Nothing more is sent there. It can be had back for a day; then its address is deleted, and what was
        sent there is no longer listed.
      </ConfirmButton>
      {isChanging && (
        <ChangeDestinationDialog destination={destination} onClose={() => setIsChanging(false)} />
      )}
    </div>
  );
}

export function DestinationRow({
  destination,
  days,
  now,
}: {
  destination: Destination;
  /** So far back its messages are counted. */
  days: number;
  now: Date;
}) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("alerts:write");
  const { kind, name, tail, routes, state, reason, failure, failedAt, lastOkAt, messages } = destination;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <span className="break-words">{name}</span>
          <Badge>{kindNames[kind]}</Badge>
          <Badge tone={stateWords[state].tone} dot={state !== "paused"}>
            {stateWords[state].label}
          </Badge>
        </p>
        <p className="mt-0.5 text-xs break-words text-ink-muted">
          {tail} · {routesInWords(routes)}
        </p>
        <p className="figures mt-0.5 text-xs text-ink-muted">
          <span title={lastOkAt === null ? undefined : formatInstantExactly(lastOkAt, timeZone)}>
            {lastOkAt === null ? "Nothing arrived yet" : `Last arrived ${formatAgo(lastOkAt, now, timeZone)}`}
          </span>
          {` · in ${days} days ${formatCount(messages.sent)} sent, ${formatCount(messages.failed)} not delivered`}
          {messages.waiting > 0 && ` · ${formatCount(messages.waiting)} waiting`}
        </p>
        {reason !== null ? (
          <p className="mt-1 text-xs text-bad">{reason} Resume it, or change its address.</p>
        ) : (
          failure !== null && (
            <p className="mt-1 text-xs text-bad">
              {failure}
              {failedAt !== null && ` (${formatAgo(failedAt, now, timeZone)})`}
            </p>
          )
        )}
      </div>
      {mayWrite && <Actions destination={destination} />}
    </li>
  );
}
