"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { type Outputs, useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { pages } from "@/app/_trpc/pages";
import { useTenant } from "../../_components/tenant-context";

type AuditEvent = Outputs["audit"]["list"]["events"][number];

/** "key.created" → "Key created" */
function actionSentence(action: string): string {
  const words = action.replaceAll(/[._-]+/g, " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function AuditRow({ event }: { event: AuditEvent }) {
  const { timeZone } = useTenant();
  return (
    <li>
      <details className="group">
        <summary className="flex list-none flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm hover:bg-sunken/70 sm:px-5 [&::-webkit-details-marker]:hidden">
          <span
            className="figures w-26 shrink-0 text-xs text-ink-muted"
            title={formatInstantExactly(event.at, timeZone)}
          >
            {formatInstant(event.at, timeZone)}
          </span>
          <span className="min-w-0 flex-1 basis-40 font-medium">{actionSentence(event.action)}</span>
          <span className="truncate text-xs text-ink-muted">
            {event.actorEmail ?? `${event.actorKind} ${event.actorId}`}
          </span>
        </summary>
        <dl className="grid grid-cols-[5rem_1fr] gap-x-3 gap-y-1.5 border-t bg-sunken/50 px-4 py-3 text-xs sm:px-5">
          {(
            [
              ["Subject", event.subject],
              ["Before", event.before === null ? null : JSON.stringify(event.before, null, 2)],
              ["After", event.after === null ? null : JSON.stringify(event.after, null, 2)],
              ["Request", event.requestId],
              ["Hash", event.hash],
            ] as const
          )
            .filter(([, value]) => value !== null)
            .map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-ink-muted">{name}</dt>
                <dd className="min-w-0 font-mono break-all whitespace-pre-wrap">{value}</dd>
              </div>
            ))}
        </dl>
      </details>
    </li>
  );
}

export function AuditLog() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const log = useInfiniteQuery(
    pages(trpc.audit.list.queryKey({}), (cursor) => client.audit.list.query({ cursor })),
  );
  const events = log.data?.pages.flatMap((page) => page.events);
  return (
    <Card>
      <CardHeader
        title="Audit log"
        hint="Who changed what. Entries are chained by their hashes and can be neither edited nor deleted."
      />
      {log.isError ? (
        <Failure error={log.error} onRetry={() => void log.refetch()} />
      ) : events === undefined ? (
        <SkeletonRows rows={8} />
      ) : events.length === 0 ? (
        <EmptyState icon={ScrollText} title="Nothing has changed yet">
          Keys, members, settings and imports leave an entry here.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {events.map((event) => (
            <AuditRow key={event.seq} event={event} />
          ))}
        </ul>
      )}
      {log.hasNextPage && (
        <div className="border-t p-3 text-center">
          <Button size="sm" disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            Older entries
          </Button>
        </div>
      )}
    </Card>
  );
}
