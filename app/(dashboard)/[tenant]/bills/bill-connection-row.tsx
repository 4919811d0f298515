"use client";

import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Badge, type Tone } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Progress } from "@/app/_components/ui/progress";
import { formatAgo, formatDay, formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { useBillChanges } from "./use-bill-changes";
import { type BillConnection, providerName } from "./words";

const tones = { active: "good", paused: "neutral", failing: "bad" } as const satisfies Record<
  BillConnection["state"],
  Tone
>;

function Actions({ connection: { id, name, state } }: { connection: BillConnection }) {
  const { pullNow, pause, resume, disconnect } = useBillChanges();
  const isBusy = [pullNow, pause, resume, disconnect].some((action) => action.isPending);
  const isPaused = state === "paused";
  return (
    <div className="-ml-2.5 flex flex-wrap gap-1 sm:ml-0">
      {!isPaused && (
        <Button size="sm" variant="ghost" disabled={isBusy} onClick={() => pullNow.mutate({ id })}>
          Read now
        </Button>
      )}
      <Button
        size="sm"
        variant="ghost"
        disabled={isBusy}
        onClick={() => (isPaused ? resume : pause).mutate({ id })}
      >
        {isPaused ? "Resume" : "Pause"}
      </Button>
      <ConfirmButton
        label="Disconnect"
        title={`Disconnect “${name}”?`}
        confirm="Disconnect it"
        onConfirm={() => disconnect.mutate({ id })}
      >
        Its admin key is deleted and nothing more is read. What it said of past days stays, and counts.
      </ConfirmButton>
    </div>
  );
}

interface BillConnectionRowProps {
  connection: BillConnection;
  /** The read that is under way. */
  reading: Outputs["bills"]["list"]["pulls"][number] | undefined;
  mayWrite: boolean;
  now: Date;
}

export function BillConnectionRow({ connection, reading, mayWrite, now }: BillConnectionRowProps) {
  const { timeZone } = useTenant();
  const { lastOkAt, waitUntil, failure, settings } = connection;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          {connection.name}
          <Badge>{providerName(connection.provider)}</Badge>
          <Badge tone={tones[connection.state]} dot={connection.state !== "paused"}>
            {connection.state}
          </Badge>
        </p>
        <p className="mt-0.5 text-xs wrap-anywhere text-ink-muted">
          {connection.baseUrl}
          {settings.covers !== null && ` · ${plural(settings.covers.length, "project")} alone`}
          {settings.netOfDiscounts && " · net of discounts"}
        </p>
        <p className="mt-0.5 text-xs text-ink-muted">
          <span title={lastOkAt === null ? undefined : formatInstantExactly(lastOkAt, timeZone)}>
            {lastOkAt === null ? "Never read to the end yet" : `Last read ${formatAgo(lastOkAt, now, timeZone)}`}
          </span>
          {waitUntil !== null && ` · asked to wait until ${formatInstant(waitUntil, timeZone, now)}`}
        </p>
        {reading && (
          <div className="mt-2 max-w-xs">
            <Progress fraction={null} label={`Reading ${connection.name}`} />
            <p className="figures mt-1 text-xs text-ink-muted">
              Reading {formatDay(reading.firstDay)} to {formatDay(reading.lastDay)}: {plural(reading.lines, "line")} so
              far
            </p>
          </div>
        )}
        {failure !== null && <p className="mt-1 text-xs text-bad">{failure}</p>}
      </div>
      {mayWrite && <Actions connection={connection} />}
    </li>
  );
} // prettier-ignore
