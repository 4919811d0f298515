import { localDay } from "@/server/calendar/local-day";
import type { FakeAnswer, HeardRequest } from "./http-server";
import { startHttpServer } from "./http-server";

export interface FakeEvent {
  at: string;
  goal: string;
  visitor: string;
  props: Record<string, string>;
}

interface Query {
  site_id: string;
  metrics: string[];
  date_range: [string, string];
  filters: [string, string, string[]][];
  dimensions: string[];
  order_by?: [string, string][];
  pagination?: { limit: number; offset: number };
}

/**
 * Plausible's `POST /api/v2/query` (formats 8): Bearer key, days of the site's own zone, only goals that the site has, buckets
 * without events left out, "(none)" for events without the property.
 */
export async function startFakePlausible(apiKey = "plausible-key") {
  const state = {
    siteId: "app.example.com",
    timeZone: "America/New_York",
    goals: ["Feature Used"],
    events: [] as FakeEvent[],
    requestsLeft: Infinity,
  };
  const refuse = (status: number, error: string): FakeAnswer => ({ status, body: { error } });

  function answer({ method, url, headers, body }: HeardRequest): FakeAnswer {
    if (method !== "POST" || url.pathname !== "/api/v2/query") return refuse(404, "Not found");
    const query = JSON.parse(body) as Query;
    if (headers.authorization !== `Bearer ${apiKey}` || query.site_id !== state.siteId)
      return refuse(401, "Invalid API key or site ID. Please make sure you're using a valid API key.");
    if (state.requestsLeft <= 0) return refuse(429, "Too many API requests.");
    state.requestsLeft -= 1;
    const [, dimension, [goal = ""]] = query.filters[0] ?? ["", "", []];
    if (dimension !== "event:goal" || !state.goals.includes(goal))
      return refuse(400, `The goal \`${goal}\` is not configured for this site.`);
    return results(query, goal);
  }

  function results(query: Query, goal: string): FakeAnswer {
    const [from, to] = query.date_range;
    const property = query.dimensions[0]?.replace("event:props:", "") ?? "";
    const groups = new Map<string, { dimensions: [string, string]; visitors: Set<string>; events: number }>();
    for (const event of state.events) {
      const day = localDay(new Date(event.at), state.timeZone);
      if (event.goal !== goal || day < from || day > to) continue;
      const value = event.props[property] ?? "(none)";
      const key = `${day} ${value}`;
      const group = groups.get(key) ?? { dimensions: [value, day], visitors: new Set<string>(), events: 0 };
      group.visitors.add(event.visitor);
      group.events += 1;
      groups.set(key, group);
    }
    const { limit, offset } = query.pagination ?? { limit: 10_000, offset: 0 };
    const rows = [...groups]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .slice(offset, offset + limit)
      .map(([, group]) => ({
        dimensions: group.dimensions,
        metrics: query.metrics.map((metric) => (metric === "visitors" ? group.visitors.size : group.events)),
      }));
    return { status: 200, body: { results: rows, meta: {}, query } };
  }
  return { ...(await startHttpServer(answer)), state, apiKey };
}
export type FakePlausible = Awaited<ReturnType<typeof startFakePlausible>>;
