import { formatCount, plural } from "@/app/_format/quantities";

/** How many incidents are in which state; of the open ones, how many are critical. */
export interface Unresolved {
  open: number;
  acknowledged: number;
  snoozed: number;
  critical: number;
}

/** How many incidents wait for somebody, and how many somebody has. */
export function concludeIncidents({ open, acknowledged, snoozed, critical }: Unresolved): string {
  const held = [
    acknowledged > 0 && `${formatCount(acknowledged)} acknowledged`,
    snoozed > 0 && `${formatCount(snoozed)} snoozed`,
  ].filter((part) => part !== false);
  const others = held.length === 0 ? "" : ` ${held.join(", ")}.`;
  if (open === 0) return `Nobody has to look at anything.${others}`;
  const grave =
    critical === 0 ? "" : open === 1 ? ", critical" : `, ${formatCount(critical)} of them critical`;
  return `${plural(open, "incident")} nobody has looked at${grave}.${others}`;
}
