import type { FakeAnswer, HeardRequest } from "./http-server";
import { startHttpServer } from "./http-server";

/** An observation as the v2 API tells it, as far as it is not the same in each. */
export interface FakeObservation {
  id: string;
  type: "GENERATION" | "EMBEDDING" | "SPAN";
  startTime: string;
  endTime: string | null;
  /** When the API begins to show it: writes that do not come by OpenTelemetry lag. */
  visibleFrom?: string;
  [field: string]: unknown;
}

const groups: Record<string, readonly string[]> = {
  core: ["id", "traceId", "startTime", "endTime", "projectId", "parentObservationId", "type"],
  basic: ["name", "level", "statusMessage", "version", "environment", "bookmarked", "public", "userId", "sessionId"],
  time: ["completionStartTime", "createdAt", "updatedAt"],
  io: ["input", "output"],
  metadata: ["metadata"],
  model: ["providedModelName", "internalModelId", "modelParameters"],
  usage: ["usageDetails", "costDetails", "totalCost", "usagePricingTierName"],
  prompt: ["promptId", "promptName", "promptVersion"],
  metrics: ["latency", "timeToFirstToken"],
  trace_context: ["tags", "release", "traceName"],
}; // prettier-ignore

/**
 * Langfuse's `GET /api/public/v2/observations` (formats 3): Basic auth, field groups, types, a window of start times, pages
 * from the newest on by an opaque cursor, a rate limit, and the parameter that it refuses.
 */
export async function startFakeLangfuse(keys = { publicKey: "pk-lf-test", secretKey: "sk-lf-test" }) {
  const state = {
    observations: [] as FakeObservation[],
    now: new Date("2026-11-20T12:00:00Z"),
    /** Requests until it wants a pause, and for how long. */
    requestsLeft: Infinity,
    retryAfter: "30" as string | null,
    /** Answers every request so. */
    fails: null as FakeAnswer | null,
    /** Rows that fit into an answer. */
    mostRows: Infinity,
    /** Cursors of before are no longer known. */
    forgetsCursors: false,
  };
  const expected = `Basic ${Buffer.from(`${keys.publicKey}:${keys.secretKey}`).toString("base64")}`;
  const refuse = (status: number, message: string): FakeAnswer => ({ status, body: { message } });

  function answer({ method, url, headers }: HeardRequest): FakeAnswer {
    if (state.fails) return state.fails;
    if (method !== "GET" || url.pathname !== "/api/public/v2/observations") return refuse(404, "Not Found");
    if (headers.authorization !== expected) return refuse(401, "Invalid credentials");
    if (state.requestsLeft <= 0)
      return {
        ...refuse(429, "Rate limit exceeded"),
        headers: state.retryAfter === null ? {} : { "retry-after": state.retryAfter },
      };
    state.requestsLeft -= 1;
    return page(url.searchParams);
  }

  function page(query: URLSearchParams): FakeAnswer {
    if (query.get("parseIoAsJson") === "true") return refuse(400, "parseIoAsJson is not supported");
    const limit = Number(query.get("limit") ?? 50);
    if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) return refuse(400, "limit must be 1 to 1000");
    if (limit > state.mostRows) return refuse(413, "Response too large");
    const chosen = (query.get("fields") ?? "core,basic").split(",");
    if (!chosen.every((group) => group in groups)) return refuse(400, "Unknown field group");
    const cursor = query.get("cursor");
    if (cursor !== null && state.forgetsCursors) return refuse(400, "Invalid cursor");
    const after = cursor === null ? null : Buffer.from(cursor, "base64url").toString();
    const [from, to] = [query.get("fromStartTime"), query.get("toStartTime")];
    const rows = state.observations
      .filter(
        (row) =>
          row.type === query.get("type") &&
          (from === null || Date.parse(row.startTime) >= Date.parse(from)) &&
          (to === null || Date.parse(row.startTime) < Date.parse(to)) &&
          Date.parse(row.visibleFrom ?? row.startTime) <= state.now.getTime(),
      )
      .map((row) => ({ row, place: `${new Date(row.startTime).toISOString()} ${row.id}` }))
      .sort((one, other) => (one.place < other.place ? 1 : -1))
      .filter(({ place }) => after === null || place < after);
    const shown = rows.slice(0, limit);
    const names = new Set(["core", ...chosen].flatMap((group) => groups[group] ?? []));
    const data = shown.map(({ row }) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name))),
    );
    const last = shown.at(-1);
    const next = rows.length > limit && last ? { cursor: Buffer.from(last.place).toString("base64url") } : {};
    return { status: 200, body: { data, meta: next } };
  }
  return { ...(await startHttpServer(answer)), state, keys };
}
export type FakeLangfuse = Awaited<ReturnType<typeof startFakeLangfuse>>;
