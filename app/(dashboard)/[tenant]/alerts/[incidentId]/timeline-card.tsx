"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleDot, CircleX, Send } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import { useMemberNames } from "../../_components/names";
import { useTenant } from "../../_components/tenant-context";
import { messagesQuestion } from "./questions";
import { type TimelineEvent, timelineOf } from "./timeline";

const looks = {
  event: { icon: CircleDot, className: "text-ink-muted" },
  message: { icon: Send, className: "text-ink-faint" },
  failure: { icon: CircleX, className: "text-bad" },
} as const;

interface TimelineCardProps {
  id: string;
  events: readonly TimelineEvent[];
  now: Date;
}

/** Who did what and when, and which messages went out. */
export function TimelineCard({ id, events, now }: TimelineCardProps) {
  const { timeZone } = useTenant();
  const trpc = useTRPC();
  const names = useMemberNames();
  // A message that is on its way arrives within seconds.
  const messages = useQuery(
    trpc.delivery.messages.queryOptions(messagesQuestion(id), { refetchInterval: 10_000 }),
  );
  const list = useQuery(trpc.delivery.list.queryOptions());
  const failed = [messages, list].find(({ isError }) => isError);
  const entries =
    messages.data &&
    list.data &&
    timelineOf(events, messages.data, { names, destinations: list.data.destinations, timeZone, now });
  return (
    <Card>
      <CardHeader title="What happened" hint="Nothing of it can be edited or deleted." />
      {failed?.error ? (
        <Failure error={failed.error} onRetry={() => void failed.refetch()} />
      ) : entries === undefined ? (
        <SkeletonRows rows={3} />
      ) : (
        <ol className="divide-y border-t">
          {entries.map(({ key, at, what, title, detail }) => {
            const { icon: Icon, className } = looks[what];
            return (
              <li key={key} className="flex gap-3 px-4 py-2.5 text-sm sm:px-5">
                <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", className)} />
                <div className="min-w-0 flex-1">
                  <p className="wrap-anywhere">{title}</p>
                  {detail !== null && <p className="mt-0.5 text-xs wrap-anywhere text-ink-muted">{detail}</p>}
                </div>
                <time
                  dateTime={at}
                  title={formatInstantExactly(at, timeZone)}
                  className="figures shrink-0 text-xs text-ink-muted"
                >
                  {formatInstant(at, timeZone, now)}
                </time>
              </li>
            );
          })}
        </ol>
      )}
      {entries && messages.data.length === 0 && (
        <p className="border-t px-4 py-2.5 text-xs text-ink-muted sm:px-5">
          Nobody was sent a message: there is no destination for it, or the message is older than what is
          kept.
        </p>
      )}
    </Card>
  );
}
