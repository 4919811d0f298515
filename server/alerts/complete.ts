import { cache } from "@/server/analytics/cache/cache";
import type { SpendFilter } from "@/server/analytics/schemas";
import { why } from "@/server/analytics/why";
import type { Ctx } from "@/server/context";
import { isDomainError } from "@/server/errors";
import type { Contributor } from "@/server/incidents/schemas";
import { Usd, usdText } from "@/server/prices/decimal";
import type { z } from "zod";
import { contributorLabel } from "./contributor-label";
import { dollars, type Finding } from "./finding";
import { featureName } from "./series";

type Contributors = z.infer<typeof Contributor>[];
export interface Completed extends Finding {
  contributors: Contributors;
}
const mostContributors = 3;
const quarterMs = 15 * 60_000;
const wholeQuarter = (at: Date) => new Date(Math.ceil(at.getTime() / quarterMs) * quarterMs).toISOString();

function filterOf({ subject: { kind, key } }: Finding): SpendFilter {
  if (kind === "feature") return { feature: [key === "" ? null : key] };
  if (kind === "user" || kind === "account" || kind === "team" || kind === "environment")
    return { [kind]: [key] };
  return {};
}

interface Stretch {
  from: Date;
  to: Date;
}
const told = ({ from, to }: Stretch) => ({ from: wholeQuarter(from), to: wholeQuarter(to) });

/** What is not over yet is compared with as much of what it is compared with. */
function alike(now: Date, window: Stretch, compare: Stretch): { window: Stretch; compare: Stretch } {
  if (window.to <= now) return { window, compare };
  const to = compare.from.getTime() + now.getTime() - window.from.getTime();
  return {
    window: { from: window.from, to: now },
    compare: { from: compare.from, to: new Date(Math.min(to, compare.to.getTime())) },
  };
}

/** The greatest parts of what it costs more than the stretch it is compared with, by the decomposition of "why did it change". */
async function contributorsOf(ctx: Ctx, finding: Finding): Promise<Contributors> {
  if (!finding.compare) return [];
  const { window, compare } = alike(ctx.now, finding.window, finding.compare);
  const { parts } = await why(ctx, {
    ...told(window),
    compare: told(compare),
    filter: filterOf(finding),
    measure: finding.rule === "cost-without-traffic" ? "costPerCall" : "cost",
    limit: 20,
  });
  return parts
    .filter(({ usd }) => new Usd(usd).gt(0))
    .slice(0, mostContributors)
    .map((part) => ({
      label: contributorLabel(part, finding.subject.kind === "feature"),
      deltaUsd: part.usd,
    }));
}

/** What the cache would have saved, had it served the share that it usually does: at what a token read has saved in the week before. */
async function lostSavings(ctx: Ctx, finding: Finding): Promise<string | null> {
  if (!finding.compare || finding.expected === null) return null;
  const filter = filterOf(finding);
  const [before] = (await cache(ctx, { ...told(finding.compare), filter, groupBy: "feature", limit: 1 }))
    .rows;
  const [now] = (await cache(ctx, { ...told(finding.window), filter, groupBy: "feature", limit: 1 })).rows;
  const saved = before?.current.savedByReadingUsd;
  if (!saved || !now || before.current.cacheReadTokens === 0) return null;
  const missed = new Usd(finding.expected).minus(finding.actual).times(now.current.inputTokens);
  return usdText(new Usd(saved).div(before.current.cacheReadTokens).times(missed).toDecimalPlaces(6));
}

/** Adds to what becomes an incident what takes more looking up: its greatest causes and, of a cache, what the misses cost. */
export async function completeFinding(ctx: Ctx, finding: Finding): Promise<Completed> {
  if (finding.contributors) return { ...finding, contributors: [...finding.contributors] };
  try {
    const contributors = await contributorsOf(ctx, finding);
    if (finding.rule !== "cache-hit-rate") return { ...finding, contributors };
    const impactUsd = await lostSavings(ctx, finding);
    const lost =
      impactUsd === null
        ? ""
        : ` About ${dollars(impactUsd)} that ${featureName(finding.subject.key)} would have saved.`;
    return { ...finding, contributors, impactUsd, sentence: `${finding.sentence}${lost}` };
  } catch (error) {
    // A stretch that no report can be asked about has no known causes; that it is an incident is certain all the same.
    if (isDomainError(error) && error.code === "INVALID_INPUT") return { ...finding, contributors: [] };
    throw error;
  }
}
