import { addDays, type LocalDay } from "@/server/calendar/local-day";
import { Usd, usdText } from "@/server/prices/decimal";
import { inputPerCall, isBloated, perCallOf, pricedOf, successesOf, type VersionSums } from "./bloated";
import type { EvidenceOf, Finding, VersionSide } from "./schemas";
import { spreadOf } from "./spread";

/** A version's calls of a local day, within one feature and prompt. */
export interface VersionDay extends VersionSums {
  version: string | null;
  day: LocalDay;
}

/** Days that are compared, before a version began and since. */
export const comparedDays = 7;
/** Versions that began longer ago are what things cost by now. */
export const recentDays = 90;

const nothing: VersionSums = { calls: 0, unpricedCalls: 0, errorCalls: 0, inputTokens: 0, costUsd: "0" };

export function sumOf(days: readonly VersionSums[]): VersionSums {
  return days.reduce<VersionSums>(
    (sum, day) => ({
      calls: sum.calls + day.calls,
      unpricedCalls: sum.unpricedCalls + day.unpricedCalls,
      errorCalls: sum.errorCalls + day.errorCalls,
      inputTokens: sum.inputTokens + day.inputTokens,
      costUsd: usdText(new Usd(sum.costUsd).plus(day.costUsd)),
    }),
    nothing,
  );
}

/** The version with the most calls of these days; of several the one named last. */
function mostUsed(days: readonly VersionDay[]): string | null | undefined {
  const calls = new Map<string | null, number>();
  for (const { version, calls: more } of days) calls.set(version, (calls.get(version) ?? 0) + more);
  return [...calls].toSorted(([one, many], [other, more]) => more - many || ((one ?? "") < (other ?? "") ? 1 : -1))[0]?.[0];
} // prettier-ignore

const sideOf = (sums: VersionSums): VersionSide => ({
  calls: sums.calls,
  inputTokensPerCall: Math.round(inputPerCall(sums)),
  costPerCallUsd: usdText(perCallOf(sums)),
  successRate: new Usd(successesOf(sums)).div(sums.calls).toDecimalPlaces(6).toFixed(),
});

/**
 * The version in use, if it has grown for nothing: what its calls cost beyond those of the version before. Null: it has
 * not, nobody uses it any more, or there is too little to tell.
 * @param days of one feature's prompt, the last 97
 * @param looked the local days that are counted, both included
 */
export function heavierVersion(
  days: readonly VersionDay[],
  looked: { first: LocalDay; last: LocalDay; days: readonly LocalDay[] },
): (Pick<Finding, "savingUsd" | "lowUsd" | "highUsd"> & { version: string | null; evidence: EvidenceOf<"prompt"> }) | null {
  const from = (first: LocalDay, end: LocalDay) => days.filter(({ day }) => day >= first && day < end);
  const end = addDays(looked.last, 1);
  const version = mostUsed(from(addDays(end, -comparedDays), end));
  if (version === undefined) return null;
  const own = days.filter((day) => day.version === version);
  const began = own.map(({ day }) => day).reduce((first, day) => (day < first ? day : first), end);
  if (began <= addDays(end, -recentDays)) return null;
  const earlier = from(addDays(began, -comparedDays), began);
  const previousVersion = mostUsed(earlier);
  if (previousVersion === undefined) return null;
  const before = sumOf(earlier.filter((day) => day.version === previousVersion));
  const after = sumOf(own.filter(({ day }) => day < addDays(began, comparedDays)));
  if (!isBloated(before, after)) return null;
  const counted = own.filter(({ day }) => day >= looked.first);
  const former = perCallOf(before);
  const beyond = new Map(
    counted.map((day) => [day.day, new Usd(day.costUsd).minus(former.times(pricedOf(day)))]),
  );
  const { sum, low, high } = spreadOf(looked.days.map((day) => beyond.get(day) ?? new Usd(0)));
  const all = sumOf(counted);
  return {
    version,
    savingUsd: usdText(sum),
    lowUsd: usdText(low),
    highUsd: usdText(high),
    evidence: {
      kind: "prompt",
      previousVersion,
      changedOn: began,
      before: sideOf(before),
      after: sideOf(after),
      calls: all.calls,
      costUsd: all.costUsd,
    },
  };
} // prettier-ignore
