import { formatAgo, formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import { Badge } from "@/app/_components/ui/badge";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "./tenant-context";

type Watermark = Outputs["reports"]["spend"]["watermark"];

/** Up to when the figures are final; everything after may still grow. */
export function WatermarkBadge({ watermark, now }: { watermark: Watermark; now: Date }) {
  const { timeZone } = useTenant();
  const { finalThrough, rolledThrough, pendingHours } = watermark;
  const pending =
    pendingHours === 0 ? "" : `\n${plural(pendingHours, "hour")} with new calls waiting to be added up`;
  return (
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-muted">
      <Badge
        tone={pendingHours === 0 ? "neutral" : "warn"}
        dot
        title={`Final through ${formatInstantExactly(finalThrough, timeZone)}${pending}`}
      >
        Final through {formatInstant(finalThrough, timeZone)}
      </Badge>
      <span className="whitespace-nowrap">
        provisional after · complete as of {formatAgo(rolledThrough, now, timeZone)}
      </span>
    </span>
  );
}
