"use client";

import { useQuery } from "@tanstack/react-query";
import { formatAgo, formatInstantExactly } from "@/app/_format/dates";
import { ButtonLink } from "@/app/_components/ui/button";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { useNow } from "../_components/use-now";
import { Step } from "./step";

/** Looks every two seconds, so that it turns green by itself. */
export function FirstCall({ now: initialNow }: { now: string }) {
  const { slug, timeZone } = useTenant();
  const now = useNow(initialNow);
  const status = useQuery(
    useTRPC().onboarding.status.queryOptions(undefined, { refetchInterval: 2_000, staleTime: 0 }),
  );
  const received = status.data?.lastReceivedAt ?? null;

  if (received === null) {
    return (
      <Step number={3} title="Waiting for your first call">
        <p role="status" className="flex items-center gap-3 text-sm text-ink-muted">
          <span aria-hidden className="relative grid size-2.5 place-items-center">
            <span className="absolute size-full animate-ping rounded-full bg-warn/60" />
            <span className="size-2 rounded-full bg-warn" />
          </span>
          This turns green by itself as soon as one arrives.
        </p>
      </Step>
    );
  }
  const at = new Date(Math.max(now.getTime(), new Date(received).getTime()));
  return (
    <Step number={3} title="Calls are arriving" isDone>
      <div role="status" className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm text-ink-muted" title={formatInstantExactly(received, timeZone)}>
          The last one was received {formatAgo(received, at, timeZone)}.
        </p>
        <div className="flex gap-2">
          <ButtonLink href={`/${slug}/calls`}>See the calls</ButtonLink>
          <ButtonLink variant="primary" href={`/${slug}/overview`}>
            Open Overview
          </ButtonLink>
        </div>
      </div>
    </Step>
  );
}
