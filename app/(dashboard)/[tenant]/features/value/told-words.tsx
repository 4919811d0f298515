import { formatAgo, formatDay } from "@/app/_format/dates";
import type { Outputs } from "@/app/_trpc/client";

interface ToldWordsProps {
  told: Outputs["reports"]["featureValue"]["told"];
  now: Date;
  timeZone: string;
}

/** Up to when activity was counted, and what of it waits. */
export function ToldWords({ told: { refreshedAt, provisionalFrom }, now, timeZone }: ToldWordsProps) {
  return (
    <span className="text-xs text-ink-muted">
      {refreshedAt === null ? "Not counted yet" : `Counted ${formatAgo(refreshedAt, now, timeZone)}`}
      {provisionalFrom !== null && ` · provisional from ${formatDay(provisionalFrom)} on`}
    </span>
  );
}
