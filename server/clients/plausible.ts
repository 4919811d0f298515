import { z } from "zod";
import { readJsonAnswer, type Refusals } from "./json-answer";
import { askOutside } from "./outbound";
import { outboundRules } from "./outbound-rules";

export interface PlausibleAccess {
  baseUrl: string;
  apiKey: string;
}

export interface FeatureDaysQuestion {
  /** The site's domain, as Plausible names it. */
  siteId: string;
  /** Display name of a goal that the site has. */
  goal: string;
  /** Custom property whose value is the feature. */
  property: string;
  /** Days of the site's reporting zone, YYYY-MM-DD, both inclusive. */
  from: string;
  to: string;
  limit: number;
  offset: number;
}

/** How often a feature was used on a day. Days without use are left out. */
export interface FeatureDay {
  /** Null for events without the property. */
  feature: string | null;
  day: string;
  visitors: number;
  events: number;
}

const count = z.int().min(0).max(2_147_483_647);
const Answer = z.object({
  results: z
    .array(
      z.object({
        dimensions: z.tuple([z.string(), z.string().regex(/^\d{4}-\d{2}-\d{2}/)]),
        metrics: z.tuple([count, count]),
      }),
    )
    .max(10_000),
});

const refusals: Refusals = {
  credentials: "Plausible refuses this API key, or the key may not read this site.",
  missing: "There is no Plausible with the Stats API v2 at this address.",
  refused: (said) => `Plausible refused the question${said === null ? "." : `: ${said}`}`,
};
/** What Plausible calls events that lack a property. */
const withoutProperty = "(none)";

/** A page of the goal's events by feature and day (Stats API v2). @throws OutboundFailure */
export async function queryFeatureDays(
  access: PlausibleAccess,
  question: FeatureDaysQuestion,
): Promise<FeatureDay[]> {
  const body = {
    site_id: question.siteId,
    metrics: ["visitors", "events"],
    date_range: [question.from, question.to],
    filters: [["is", "event:goal", [question.goal]]],
    dimensions: [`event:props:${question.property}`, "time:day"],
    // Pages of an order that ties could change would overlap.
    order_by: [
      ["time:day", "asc"],
      [`event:props:${question.property}`, "asc"],
    ],
    pagination: { limit: question.limit, offset: question.offset },
  };
  const answer = await askOutside(
    {
      baseUrl: access.baseUrl,
      path: "/api/v2/query",
      method: "POST",
      headers: { authorization: `Bearer ${access.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    },
    outboundRules,
  );
  const { results } = readJsonAnswer("Plausible", answer, Answer, refusals);
  return results.map(({ dimensions: [feature, day], metrics: [visitors, events] }) => ({
    feature: feature === withoutProperty ? null : feature,
    day: day.slice(0, 10),
    visitors,
    events,
  }));
}
