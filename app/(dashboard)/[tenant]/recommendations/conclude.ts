import { formatTotal } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";

type Concluded = Pick<Outputs["recommendations"]["list"], "counts" | "savingUsd" | "verifiedUsd" | "look">;

/** What the list comes to. */
export function conclude({ counts, savingUsd, verifiedUsd, look }: Concluded): string {
  if (!look)
    return "Each morning at five the calls of the last 30 days are looked at for what could be had for less.";
  const hoped = counts.open + counts.accepted;
  const saved = counts.verified > 0 ? ` ${formatTotal(verifiedUsd)} of savings have shown so far.` : "";
  if (hoped === 0) return `Nothing to save was found in the last 30 days.${saved}`;
  const decided = counts.accepted > 0 ? `, ${String(counts.accepted)} of them accepted` : "";
  return `${plural(hoped, "recommendation")}${decided}: about ${formatTotal(savingUsd)} a month, no dollar counted twice.${saved}`;
}
