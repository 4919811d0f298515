import { formatDay, formatInstant } from "@/app/_format/dates";
import { formatTotal } from "@/app/_format/money";
import { formatShare, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { ageWords, intervalWords, periodName } from "./prepare-cohorts";
import type { CohortView } from "./search-params";

type Answer = Outputs["reports"]["retention"];

export const viewWords: Record<CohortView, string> = {
  retention: "Share of users who are there",
  cost: "Cost of a user who is there",
  left: "What those had cost who left",
};

/** What the grid comes to, in a sentence; null where nothing can be said. */
export function conclusionOf({ ages, grain, cohorts, churnDays }: Answer, view: CohortView): string | null {
  if (view === "left") {
    const left = cohorts.flatMap(({ cells }) => cells.slice(-1)).filter(({ leftUsers }) => leftUsers > 0);
    if (left.length === 0) return null;
    const users = left.reduce((sum, { leftUsers }) => sum + leftUsers, 0);
    return `${plural(users, "user")} of these cohorts left: not seen since an earlier ${grain}, nor for ${plural(churnDays, "day")}.`;
  }
  const [first, later] = ages;
  if (later?.share == null || later.low === null || later.high === null) return null;
  if (view === "retention")
    return `Of ${plural(later.users, "user")}, ${formatShare(Number(later.share))} were there ${ageWords(1, grain)} (95 % interval ${intervalWords(later.low, later.high)}).`;
  if (first?.costPerUserUsd == null || later.costPerUserUsd === null) return null;
  return `Who stays costs ${formatTotal(later.costPerUserUsd)} ${ageWords(1, grain)}, after ${formatTotal(first.costPerUserUsd)} ${ageWords(0, grain)}.`;
}

/** Up to when users were counted; less often than cost is added up. */
export function countedWords({ refreshedAt, timeZone }: Answer): string {
  return refreshedAt === null
    ? "Users are counted within ten minutes of the first calls."
    : `Users counted at ${formatInstant(refreshedAt, timeZone)}, every ten minutes.`;
}

/** Who was there when the first call came may have been there for long; null: that cohort is not shown. */
export function oldestWords({ oldest, cohorts, grain }: Answer): string | null {
  if (oldest === null || !cohorts.some(({ cohort }) => cohort === oldest)) return null;
  return `The users of ${periodName(oldest, grain)} may have come before that: nothing older is known.`;
}

/** What is being counted anew besides the running period; null: nothing. */
export function recountWords({ provisionalFrom, last, grain }: Answer): string | null {
  if (provisionalFrom === null || provisionalFrom >= last) return null;
  return `Calls or events came in late: each ${grain} from that of ${formatDay(provisionalFrom)} on is being counted anew, and may change.`;
}
