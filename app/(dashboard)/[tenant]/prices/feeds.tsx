"use client";

import { useQuery } from "@tanstack/react-query";
import { formatAgo } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";

/** Where list prices come from, in a line or two. */
export function Feeds({ now: nowText }: { now: string }) {
  const { timeZone } = useTenant();
  const feeds = useQuery(useTRPC().prices.feeds.queryOptions());
  if (!feeds.data) return null;
  const now = new Date(nowText);
  const { bundled, isOn } = feeds.data;
  return (
    <section aria-label="Price lists" className="px-1 text-xs text-ink-muted">
      <p>
        List prices come with this release:{" "}
        {bundled.map(({ source, sourceVersion }) => `${source} ${sourceVersion}`).join(", ")}.{" "}
        {isOn
          ? "Published lists are read each day besides."
          : "Reading the published lists each day is switched off (PRICE_FEEDS)."}
      </p>
      {feeds.data.feeds.map((feed) => (
        <p key={feed.source} className={feed.failure === null ? "" : "text-warn"}>
          {feed.source}:{" "}
          {feed.failure === null
            ? `read ${formatAgo(feed.readAt ?? feed.lookedAt, now, timeZone)}, ${String(feed.listed)} listed, ${String(feed.appended)} new`
            : `${feed.failure} (looked ${formatAgo(feed.lookedAt, now, timeZone)}; prices known before still hold)`}
        </p>
      ))}
    </section>
  );
}
