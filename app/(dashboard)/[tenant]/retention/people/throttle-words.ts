import { formatTotal } from "@/app/_format/money";
import { formatCount, plural } from "@/app/_format/quantities";
import type { ThrottleRow } from "@/server/analytics/people/throttle";
import type { RetentionSettings } from "@/server/retention/schemas";
import { quotaOfMrr } from "@/server/retention/suggest-quota";

/** What a user was judged by. */
export const basisWords = { lifetime: "in all their time", recent: "in 90 days" } as const;

/** Why this quota and no other. */
export function suggestionWords({
  suggestion,
  mrrUsd,
  plan,
}: Pick<ThrottleRow, "suggestion" | "mrrUsd" | "plan">): string {
  if (suggestion === null) return "Too few active users to suggest one.";
  if (suggestion.because === "mrr")
    return `${String(quotaOfMrr.percent)} % of the ${formatTotal(mrrUsd ?? "0")} a month that they pay.`;
  return suggestion.because === "plan"
    ? `What an active user on ${plan ?? "their plan"} costs a month, in the middle.`
    : "What an active user costs a month, in the middle.";
}

/** By which days somebody stands where. */
export function ruleWords({ activeDays, churnDays, minUsers }: RetentionSettings): string {
  const risk =
    churnDays > activeDays
      ? ` At risk: not for ${String(activeDays + 1)} to ${plural(churnDays, "day")}.`
      : "";
  return `Active: there in the last ${plural(activeDays, "day")}.${risk} Churned: not for more than ${plural(churnDays, "day")}. Of fewer than ${plural(minUsers, "user")} nothing is claimed.`;
}

/** How users become listed. */
export function listWords(
  settings: RetentionSettings,
  peers: { recent: number; lifetime: number },
  group: "leaving" | "active",
): string {
  const dear = "cost more than nine of ten users";
  const who =
    group === "leaving"
      ? `They ${dear}, left or are about to, and are not known to pay for it.`
      : `They ${dear} and more than they pay, and are still there.`;
  const few = Math.min(peers.recent, group === "leaving" ? peers.lifetime : peers.recent);
  return few >= settings.minUsers
    ? who
    : `With ${formatCount(few)} of ${plural(settings.minUsers, "user")} whose cost is known, only who costs more than they are known to pay is listed.`;
}
