import { formatMonth } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";

type Months = Outputs["reports"]["featureValue"]["months"];

/** 1 to 12 as "January". */
export const monthNames = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
] as const; // prettier-ignore

/** "Oct 2026", "Aug 2026 to Oct 2026", "Nov 2026 so far". */
export function stretchWords({ first, last, isRunning }: Months): string {
  const [from, to] = [first.slice(0, 7), last.slice(0, 7)];
  const months = from === to ? formatMonth(from) : `${formatMonth(from)} to ${formatMonth(to)}`;
  return isRunning ? `${months} so far` : months;
}

/** "January, February and March" */
export function seasonWords(months: readonly number[]): string {
  const names = months.map((month) => monthNames[month - 1] ?? "");
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** Where a feature's uses come from. */
export const usesWords = (requests: number, events: number) =>
  `${plural(requests, "request")} and ${plural(events, "usage event")}; one that has both is one use`;
