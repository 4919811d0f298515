"use client";

import { useQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Callout } from "@/app/_components/ui/callout";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatAgo } from "@/app/_format/dates";
import { formatCount, plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../../_components/tenant-context";
import { DeliveryRow } from "./delivery-row";

/** Longer than the job that takes deliveries up leaves any of them waiting. */
const lateMs = 5 * 60_000;

/** Deliveries of senders that never retry: what waits, what failed and why. */
export function InboxHealth({ now }: { now: Date }) {
  const { timeZone } = useTenant();
  const inbox = useQuery(useTRPC().sources.inbox.list.queryOptions(undefined, { refetchInterval: 5_000 }));
  const data = inbox.data;
  const isEmpty = data !== undefined && data.newestReceivedAt === null;
  const oldest = data?.oldestWaitingAt ?? null;
  const isLate = oldest !== null && now.getTime() - new Date(oldest).getTime() > lateMs;
  return (
    <Card>
      <CardHeader
        title="LiteLLM deliveries"
        hint="LiteLLM sends each batch once. We keep it until its calls are in the ledger."
      />
      {inbox.isError ? (
        <Failure error={inbox.error} onRetry={() => void inbox.refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={2} />
      ) : isEmpty ? (
        <EmptyState icon={Inbox} title="None in the last days" className="py-8">
          Get started has the lines for LiteLLM’s config.yaml.
        </EmptyState>
      ) : (
        <>
          <dl className="figures grid grid-cols-2 gap-px border-t bg-line sm:grid-cols-4">
            {(
              [
                ["Waiting", data.waiting],
                ["Failed", data.failed],
                ["Done", data.done],
                ["Calls added", data.accepted],
              ] as const
            ).map(([label, count]) => (
              <div key={label} className="bg-surface px-4 py-3 sm:px-5">
                <dt className="text-xs text-ink-muted">{label}</dt>
                <dd className="mt-0.5 text-base font-semibold">{formatCount(count)}</dd>
              </div>
            ))}
          </dl>
          <p className="border-t px-4 py-2 text-xs text-ink-muted sm:px-5">
            In {plural(data.days, "day")}: {formatCount(data.items)} entries, {formatCount(data.duplicates)}{" "}
            known, {formatCount(data.rejected)} rejected
            {data.newestReceivedAt !== null && ` · newest ${formatAgo(data.newestReceivedAt, now, timeZone)}`}
          </p>
          {isLate && (
            <div className="border-t px-4 py-3 sm:px-5">
              <Callout tone="warn">
                A delivery came {formatAgo(oldest, now, timeZone)} and still waits. Nothing is lost, but the
                job that takes deliveries up seems to stand still.
              </Callout>
            </div>
          )}
          <ul className="divide-y border-t empty:hidden">
            {data.deliveries.map((delivery) => (
              <DeliveryRow key={delivery.id} delivery={delivery} now={now} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
