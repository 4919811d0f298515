import { figureInWords, usdInWords } from "@/server/delivery/figures";
import { limits } from "./constants";
import type { Guarded } from "./guard";
import type { Evidence, Suggestion } from "./schemas";

/** What a feature is held against: the middle of all features that were ranked. Null: there is no such figure. */
export interface Middle {
  uses: number | null;
  perUserUsd: number | null;
  /** Of at least two features that convert. */
  perConversionUsd: number | null;
}

export interface Suggested {
  suggestion: Suggestion;
  /** What it rests on, in words. */
  reason: string;
}

type Facts = Omit<Evidence, "reason">;

const counted = (count: number, one: string) =>
  `${count.toLocaleString("en-GB")} ${one}${count === 1 ? "" : "s"}`;
const percent = (share: string | number) => figureInWords(String(share), "share");

/** Uses against the two months before, in words; null where these tell nothing. */
function course({ usesRatio }: Facts): string | null {
  if (usesRatio === null) return null;
  const ratio = Number(usesRatio);
  if (ratio <= limits.falling) return `falling to ${percent(usesRatio)} of the two months before`;
  return ratio >= limits.rising ? "more than in the two months before" : "as in the two months before";
}

const isFalling = ({ usesRatio }: Facts) => usesRatio !== null && Number(usesRatio) <= limits.falling;
const isRising = ({ usesRatio, uses }: Facts) =>
  uses >= limits.usesToRise && (usesRatio === null || Number(usesRatio) >= limits.rising);

function forKilling(facts: Facts, { uses: middle }: Middle): string | null {
  const { uses, conversion, activeUsers } = facts;
  if ((conversion?.count ?? 0) > 0) return null;
  const part = middle === null || middle === 0 ? null : uses / middle;
  const isHardly = uses === 0 || (part !== null && part <= limits.hardlyUsed && !isRising(facts));
  const isLittle = part !== null && part <= limits.littleUsed && isFalling(facts);
  if (!isHardly && !isLittle) return null;
  const users = activeUsers === null ? "" : ` by ${counted(activeUsers, "user")}`;
  const against = middle === null || uses === 0 ? "" : `, where the middle feature has ${counted(Math.round(middle), "use")}`; // prettier-ignore
  const moves = uses === 0 ? null : course(facts);
  return [
    uses === 0 ? "Nobody used it in the month" : `${isHardly ? "Hardly any use" : "Little use"}: ${counted(uses, "use")}${users}${against}`,
    moves,
    conversion ? `no ${conversion.event} came of it` : "no conversion is counted for it",
  ].filter((part_) => part_ !== null).join("; ").concat("."); // prettier-ignore
}

function forMerging({ overlap }: Facts): string | null {
  if (!overlap || overlap.of < limits.usersToOverlap || Number(overlap.share) < limits.overlap) return null;
  return `${String(overlap.users)} of its ${counted(overlap.of, "user")} (${percent(overlap.share)}) use ${overlap.feature} too, of the same team or prompt: it could take this one over.`;
}

function forThrottling(facts: Facts, { perUserUsd: middle }: Middle, minUsers: number): string | null {
  const { dearestUsers, perUserUsd, costUsd, activeUsers } = facts;
  if (Number(costUsd) < limits.worthThrottling || activeUsers === null || activeUsers < minUsers) return null;
  if (dearestUsers && Number(dearestUsers.costShare) >= limits.concentrated)
    return `Few cause most of its cost: ${counted(dearestUsers.users, "user")} of ${String(dearestUsers.of)} make ${percent(dearestUsers.costShare)} of what its users cost.`;
  if (perUserUsd === null || middle === null || middle === 0) return null;
  const times = Number(perUserUsd) / middle;
  if (times < limits.dearUser) return null;
  return `A user of it costs ${usdInWords(perUserUsd)}, ${figureInWords(String(times), "ratio")} what one of the middle feature does.`;
}

function forKeeping({ conversion }: Facts, { perConversionUsd: middle }: Middle): string | null {
  if (!conversion || conversion.count === 0 || conversion.eachUsd === null || middle === null) return null;
  if (Number(conversion.eachUsd) > middle) return null;
  return `Little used, but it works cheaply: ${counted(conversion.count, "conversion")} (${conversion.event}) at ${usdInWords(conversion.eachUsd)} each.`;
}

/**
 * What to do about one of the least used features, and why. A guard and cheap conversions keep it; then hardly any or
 * falling use without a conversion speaks for killing it, shared users for merging it, cost that few cause for a limit.
 * @param minUsers of fewer users nothing is claimed about what they cost
 */
export function suggest(facts: Facts, guard: Guarded | null, middle: Middle, minUsers: number): Suggested {
  if (guard) return { suggestion: "keep", reason: guard.sentence };
  const asked: [Suggestion, string | null][] = [
    ["keep", forKeeping(facts, middle)],
    ["kill", forKilling(facts, middle)],
    ["merge", forMerging(facts)],
    ["throttle", forThrottling(facts, middle, minUsers)],
  ];
  for (const [suggestion, reason] of asked) if (reason !== null) return { suggestion, reason };
  const { uses, conversion } = facts;
  return {
    suggestion: "keep",
    reason: `Among the least used with ${counted(uses, "use")}${conversion && conversion.count > 0 ? ` and ${counted(conversion.count, "conversion")}` : ""}, but nothing more speaks against it; look again next month.`,
  };
}
