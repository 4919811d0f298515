import { formatCount } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";

/** The tab's name, and how many calls were kept out lately. */
export function KeptOutCount({ kept }: { kept: Outputs["calls"]["quarantineCount"] | undefined }) {
  if (kept === undefined || kept.count === 0) return "Kept out";
  const text = `${formatCount(kept.count)}${kept.isMore ? "+" : ""}`;
  return (
    <span className="inline-flex items-center gap-1.5">
      Kept out
      <span
        title={`${text} in the last ${String(kept.days)} days`}
        className="figures rounded-full bg-warn-soft px-1.5 text-2xs leading-4 text-warn"
      >
        {text}
      </span>
    </span>
  );
}
