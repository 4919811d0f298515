import { formatTotal } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import { differenceOf, excessOf, type Fire, type Run } from "./prepare-fires";

function part(fires: readonly Fire[], verb: string): string | null {
  if (fires.length === 0) return null;
  const usd = excessOf(fires);
  const noise = fires.filter(({ isNoise }) => isNoise).length;
  const worth = usd === null ? "" : `, worth ${formatTotal(usd)} beyond what was expected`;
  const noisy = noise === 0 ? "" : ` (${String(noise)} of them noise)`;
  return `${verb} ${plural(fires.length, "alert")}${noisy}${worth}`;
}

/** What the draft would have left out of what the rule as saved told, and what it would have told besides. */
export function differenceWords(saved: Run, draft: Run): string {
  const { lost, gained } = differenceOf(saved, draft);
  const parts = [part(lost, "leaves out"), part(gained, "adds")].filter((words) => words !== null);
  const of =
    saved.total > saved.fires.length || draft.total > draft.fires.length ? " Of the newest alone." : "";
  return parts.length === 0 ? `The draft tells the same.${of}` : `The draft ${parts.join(", and ")}.${of}`;
}
