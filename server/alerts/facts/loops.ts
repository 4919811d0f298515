import { z } from "zod";
import type { Db } from "@/server/db";
import { refusalsIn } from "@/server/gate/refusals-query";
import { loopMinutes, type PromptCalls, type RefusedMinute, sumOf } from "../rules/loop";
import type { FactsQuestion } from "./question";
import type { Scope } from "./series-query";

export interface FeatureLoops {
  prompts: PromptCalls[];
  refusals: RefusedMinute[];
}

/** Of the newest calls at most, so that a flood costs a look and not a minute. */
const mostCalls = 200_000;
const minuteMs = 60_000;

const Row = z.object({
  feature: z.string(),
  prompt: z.string(),
  version: z.string(),
  minutes: z.array(z.number()),
  calls: z.array(z.number()),
  usd: z.array(z.string()),
});

/** By feature: the prompts that somebody repeats often enough to be looked at, minute by minute, and what the gate refused. */
export async function loadLoops(
  db: Db,
  { tenantId }: Scope,
  { first, last, settings }: FactsQuestion,
): Promise<Map<string, FeatureLoops>> {
  const from = new Date(first.getTime() - loopMinutes * minuteMs);
  const least = settings.least("loop", ["minCalls"]);
  const leastUsd = settings.least("loop", ["minUsd", "floorUsd"]);
  // Calls without a user are nobody's in particular; what all of them cost is watched as a spike.
  const rows = await db.$queryRaw`
    SELECT feature, prompt, version, array_agg(minute) AS minutes, array_agg(calls) AS calls, array_agg(usd) AS usd FROM (
      SELECT user_id, coalesce(feature, '') AS feature, coalesce(prompt_id, '') AS prompt, coalesce(prompt_version, '') AS version,
        floor(extract(epoch FROM occurred_at) / 60)::int AS minute, count(*)::int AS calls,
        coalesce(sum(cost_usd), 0)::text AS usd
      FROM (
        SELECT occurred_at, user_id, feature, prompt_id, prompt_version, cost_usd FROM call
        WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${from}::timestamptz AND occurred_at < ${last}::timestamptz
        ORDER BY occurred_at DESC LIMIT ${mostCalls}
      ) AS lately WHERE user_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5
    ) AS counted GROUP BY user_id, feature, prompt, version HAVING sum(calls) >= ${least}`;
  const loops = new Map<string, FeatureLoops>();
  const of = (feature: string) => {
    const known = loops.get(feature) ?? { prompts: [], refusals: [] };
    loops.set(feature, known);
    return known;
  };
  for (const row of z.array(Row).parse(rows)) {
    const prompt = promptOf(row);
    // What never cost enough within five minutes needs no history.
    const isDear = row.minutes.some((minute) => {
      const { calls, usd } = sumOf(prompt, new Date((minute + 1) * minuteMs));
      return calls >= least && usd.gte(leastUsd);
    });
    if (isDear) of(row.feature).prompts.push(prompt);
  }
  for (const { feature, ...refusal } of await refusalsIn(db, tenantId, from, last))
    of(feature).refusals.push(refusal);
  return loops;
}

function promptOf({ prompt, version, minutes, calls, usd }: z.infer<typeof Row>): PromptCalls {
  const name =
    prompt === "" ? "a prompt without a name" : ["prompt", prompt, version].filter(Boolean).join(" ");
  const points = minutes.map(
    (minute, at) => [minute, { calls: calls[at] ?? 0, usd: usd[at] ?? "0" }] as const,
  );
  return { prompt: name, minutes: new Map(points) };
}
