"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Dialog } from "@/app/_components/ui/dialog";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstant, formatTime } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import { Facts } from "../calls/facts";
import { useTenant } from "../_components/tenant-context";
import { Amount } from "./amount";
import { DifferenceRow } from "./difference-row";
import { ModeBadge } from "./mode-badge";
import { RevisionStory } from "./revision-story";
import { StripeSum } from "./stripe-sum";
import { dashboardHref, stateWords, type WindowStory } from "./words";

function Story({ id, story, now }: { id: string; story: WindowStory; now: Date }) {
  const { timeZone } = useTenant();
  const { customerId, customerName, mode, meter, windowStart, windowEnd, isConnected } = story;
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={stateWords[story.state].tone}>{stateWords[story.state].label}</Badge>
        {mode !== null && isConnected && <ModeBadge mode={mode} />}
        <span className="text-ink-muted">{stateWords[story.state].about}</span>
      </p>
      {!isConnected && (
        <p className="mt-2 text-sm text-ink-muted">
          This hour belongs to an account of Stripe’s that is not connected now.
        </p>
      )}
      <Facts
        title="What it is"
        facts={[
          ["Hour", `${formatInstant(windowStart, timeZone, now)} – ${formatTime(windowEnd, timeZone)}`],
          ["Meter", meter.eventName],
          ["Ledger holds", <Amount key="total" measure={meter.measure} value={story.total} />],
          [
            "Billed to",
            <span key="customer">
              {customerName ?? "a customer that nobody is mapped to now"}{" "}
              {mode === null ? (
                <code className="text-xs">{customerId}</code>
              ) : (
                <a
                  href={dashboardHref(mode, `customers/${customerId}`)}
                  target="_blank"
                  rel="noreferrer"
                  className="font-mono text-xs text-accent underline underline-offset-2"
                >
                  {customerId}
                </a>
              )}
            </span>,
          ],
        ]}
      />
      {isConnected && <StripeSum id={id} measure={meter.measure} />}
      <section className="mt-5">
        <h3 className="text-2xs font-medium text-ink-faint">How it went</h3>
        <ol className="divide-y">
          {story.revisions.map((revision) => (
            <RevisionStory
              key={revision.id}
              revision={revision}
              measure={meter.measure}
              mode={mode}
              now={now}
            />
          ))}
        </ol>
      </section>
      {story.differences.length > 0 && (
        <section className="mt-5">
          <h3 className="text-2xs font-medium text-ink-faint">What differs for this customer on that day</h3>
          <ul className="-mx-5 divide-y">
            {story.differences.map((difference) => (
              <DifferenceRow key={difference.id} difference={difference} meter={story.meter} now={now} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Why an account's hour is as it is. */
export function WindowDrawer({ id, onClose, now }: { id: string | null; onClose: () => void; now: Date }) {
  const { billing } = useTRPC();
  const story = useQuery(
    billing.window.queryOptions({ id: id ?? "" }, { enabled: id !== null }),
  );
  return (
    <Dialog
      side
      open={id !== null}
      onClose={onClose}
      title={<span className="block truncate">{story.data?.accountId ?? "An hour of usage"}</span>}
    >
      {story.isError ? (
        <Failure error={story.error} onRetry={() => void story.refetch()} />
      ) : story.data && id !== null ? (
        <Story id={id} story={story.data} now={now} />
      ) : (
        <SkeletonRows rows={8} className="px-0" />
      )}
    </Dialog>
  );
} // prettier-ignore
