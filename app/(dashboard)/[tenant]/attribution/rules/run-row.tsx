"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Money } from "@/app/_components/money";
import { Badge, type Tone } from "@/app/_components/ui/badge";
import { Progress } from "@/app/_components/ui/progress";
import { formatAgo, formatDay } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { localDay } from "@/server/calendar/local-day";
import { useRight, useTenant } from "../../_components/tenant-context";
import { useMemberNames } from "../../_components/names";

type Run = Outputs["attribution"]["runs"][number];

interface RunRowProps {
  run: Run;
  name: string;
  mayRevert: boolean;
  isTakenBack: boolean;
  now: Date;
}

const states = {
  running: { label: "under way", tone: "accent" },
  done: { label: "done", tone: "good" },
  failed: { label: "stopped", tone: "bad" },
} as const satisfies Record<Run["state"], { label: string; tone: Tone }>;

/** "3 Oct – 1 Nov", both days included. */
function daysOf({ from, to }: Run, timeZone: string): string {
  const last = new Date(new Date(to).getTime() - 1);
  return `${formatDay(localDay(new Date(from), timeZone))} – ${formatDay(localDay(last, timeZone))}`;
}

export function RunRow({ run, name, mayRevert, isTakenBack, now }: RunRowProps) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("attribution:write");
  const who = useMemberNames().get(run.requestedBy);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const revert = useMutation(
    trpc.attribution.revertRun.mutationOptions({
      onSuccess: () => void toast.success("It is being taken back."),
      onError: (error) => void toast.error(errorSentence(error)),
      onSettled: () => queries.invalidateQueries(trpc.attribution.runs.queryFilter()),
    }),
  );
  const { label, tone } = states[run.state];
  return (
    <li className="px-4 py-3 text-sm sm:px-5" aria-label={`${run.kind} ${name}`}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-64">
          <p className="truncate font-medium">
            {run.kind === "apply" ? "Applied" : "Took back"} {name}
            <span className="font-normal text-ink-muted"> · version {run.ruleVersion}</span>
          </p>
          <p className="text-xs text-ink-muted">
            {daysOf(run, timeZone)}
            {who !== undefined && ` · ${who}`} · {formatAgo(run.requestedAt, now, timeZone)}
          </p>
        </div>
        <div className="figures sm:text-right" title={`${plural(run.callsSeen, "call")} looked at`}>
          <Money usd={run.movedUsd} className="font-medium" />
          <p className="text-xs text-ink-muted">{plural(run.callsChanged, "call")} moved</p>
        </div>
        <div className="flex items-center justify-end gap-2 sm:w-40">
          <Badge tone={tone} dot={run.state === "running"}>
            {label}
          </Badge>
          {isTakenBack && <Badge>taken back</Badge>}
          {mayWrite && mayRevert && (
            <ConfirmButton
              label="Take back"
              title={`Take back “${name}”?`}
              confirm={`Take back ${plural(run.callsChanged, "call")}`}
              onConfirm={() => revert.mutate({ runId: run.id })}
            >
              {plural(run.callsChanged, "call")} get back the tags that they had before, where nothing has
              changed them since. Amounts stay as they are. The rule itself goes on for new calls until it is
              retired.
            </ConfirmButton>
          )}
        </div>
      </div>
      {run.state === "running" && (
        <div className="mt-2">
          <Progress fraction={run.shareDone} label={`Applying ${name}`} />
        </div>
      )}
      {run.failure !== null && <p className="mt-1.5 text-xs text-bad">{run.failure}</p>}
      {run.callsFrozen > 0 && (
        <p className="mt-1.5 text-xs text-warn">
          {plural(run.callsFrozen, "call")} of closed months stayed as they were.
        </p>
      )}
    </li>
  );
}
