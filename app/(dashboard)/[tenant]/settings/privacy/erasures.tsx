"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Badge, type Tone } from "@/app/_components/ui/badge";
import { Progress } from "@/app/_components/ui/progress";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatAgo } from "@/app/_format/dates";
import { formatCount, plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../../_components/tenant-context";

type Erasure = Outputs["privacy"]["erasures"][number];

const states = {
  running: { label: "under way", tone: "accent" },
  done: { label: "forgotten", tone: "good" },
  failed: { label: "stopped", tone: "bad" },
} as const satisfies Record<Erasure["state"], { label: string; tone: Tone }>;

function ErasureRow({ erasure, now }: { erasure: Erasure; now: Date }) {
  const { timeZone } = useTenant();
  const { label, tone } = states[erasure.state];
  return (
    <li className="px-4 py-3 text-sm sm:px-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-56">
          <p className="truncate font-mono text-xs">{erasure.alias}</p>
          <p className="text-xs text-ink-muted">
            asked for {formatAgo(erasure.requestedAt, now, timeZone)}
            {erasure.finishedAt !== null && ` · done ${formatAgo(erasure.finishedAt, now, timeZone)}`}
          </p>
        </div>
        <span className="figures text-xs text-ink-muted">
          {plural(erasure.calls, "call")}, {formatCount(erasure.events)} usage events
        </span>
        <Badge tone={tone} dot={erasure.state === "running"}>
          {label}
        </Badge>
      </div>
      {erasure.state === "running" && (
        <div className="mt-2">
          <Progress fraction={null} label="Forgetting" />
        </div>
      )}
      {erasure.failure !== null && <p className="mt-1.5 text-xs text-bad">{erasure.failure}</p>}
    </li>
  );
}

/** Who was forgotten, by the names that mean nothing. */
export function Erasures({ now }: { now: Date }) {
  const erasures = useQuery(
    useTRPC().privacy.erasures.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some((one) => one.state === "running") ? 1_000 : 30_000),
    }),
  );
  if (erasures.isError) return <Failure error={erasures.error} onRetry={() => void erasures.refetch()} />;
  if (erasures.data === undefined) return <SkeletonRows rows={2} />;
  return (
    <ul aria-label="Forgotten" className="divide-y border-t empty:hidden">
      {erasures.data.map((erasure) => (
        <ErasureRow key={erasure.id} erasure={erasure} now={now} />
      ))}
    </ul>
  );
}
