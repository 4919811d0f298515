import { Decimal } from "decimal.js";
import { type BookedUsage, daysBetween, faultOf, grouped, makeBillState, pageOfDays } from "./bill-fake";
import type { FakeAnswer, HeardRequest } from "./http-server";
import { startHttpServer } from "./http-server";

const Exact = Decimal.clone({ precision: 80 });
const words: Record<string, string> = {
  input: "input", cache_read: "cached input", cache_write_5m: "cache write", audio_input: "audio input", output: "output",
  audio_output: "audio output",
}; // prettier-ignore
const bearer = "Bearer ";

/**
 * OpenAI's `GET /v1/organization/costs` and `/usage/completions|embeddings` (formats 5): admin keys alone, unix seconds, days of
 * UTC, pages, null in what was not grouped by, input that includes the cached.
 */
export async function startFakeOpenAiCosts(adminKey = "sk-admin-test") {
  const state = makeBillState();
  const refuse = (status: number, message: string): FakeAnswer => ({ status, body: { error: { message } } });

  function answer({ method, url, headers }: HeardRequest): FakeAnswer {
    const key = (headers.authorization ?? "").slice(bearer.length);
    if (method !== "GET" || !url.pathname.startsWith("/v1/organization/")) return refuse(404, "Not found");
    if (key !== adminKey)
      return key.startsWith("sk-admin-")
        ? refuse(401, "Incorrect API key provided")
        : refuse(403, "Missing scopes: api.usage.read");
    const fault = faultOf(state);
    if (fault) return fault;
    const of = url.pathname.slice("/v1/organization/".length);
    const most = of === "costs" ? 180 : 31;
    const limit = Number(url.searchParams.get("limit") ?? 7);
    if (limit < 1 || limit > most) return refuse(400, `limit must be 1 to ${String(most)}`);
    if (url.searchParams.get("bucket_width") !== "1d") return refuse(400, "bucket_width");
    const result = of === "costs" ? costs : of === "usage/completions" ? usage : of === "usage/embeddings" ? () => [] : null; // prettier-ignore
    return result
      ? page(url.searchParams, Math.min(limit, state.daysOnPage), result)
      : refuse(404, "Not found");
  }

  function page(
    query: URLSearchParams,
    size: number,
    of: (day: string, groups: string[]) => unknown[],
  ): FakeAnswer {
    const [from, to] = [Number(query.get("start_time")) * 1_000, Number(query.get("end_time")) * 1_000];
    const groups = query.getAll("group_by[]");
    const shown = pageOfDays(daysBetween(from, to), query.get("page"), size);
    const data = shown.days.map((day) => {
      const start = Date.parse(`${day}T00:00:00Z`) / 1_000;
      return { object: "bucket", start_time: start, end_time: start + 86_400, results: of(day, groups) };
    });
    // Written by hand, for JSON.stringify would round the amounts.
    const text = JSON.stringify({ object: "page", has_more: shown.hasMore, next_page: shown.next, data });
    return { status: 200, body: text.replaceAll(/"number:([^"]*)"/g, "$1") };
  }

  function costs(day: string, groups: string[]): unknown[] {
    const lines = state.usage
      .filter((row) => row.day === day)
      .flatMap(({ model, workspace, classes }) =>
        Object.entries(classes).map(([name, { usd }]) => ({ item: name === "tool" ? "web search tool calls" : `${model}, ${words[name] ?? name}`, workspace, usd })),
      ); // prettier-ignore
    const extras = state.extras
      .filter((row) => row.day === day)
      .map(({ description, usd }) => ({ item: description, workspace: null, usd }));
    const by = (name: string, value: string | null) => (groups.includes(name) ? value : null);
    return grouped([...lines, ...extras], ({ item, workspace }) =>
      JSON.stringify([by("line_item", item), by("project_id", workspace)]),
    ).map((rows) => {
      const usd = rows.reduce((sum, row) => sum.plus(row.usd), new Exact(0)).toFixed();
      return {
        object: "organization.costs.result",
        amount: { value: state.amountsAs === "string" ? usd : `number:${usd}`, currency: "usd" },
        line_item: by("line_item", rows[0]?.item ?? null),
        project_id: by("project_id", rows[0]?.workspace ?? null),
        api_key_id: null,
        quantity: null,
      };
    });
  }

  function usage(day: string, groups: string[]): unknown[] {
    const by = <T>(name: string, value: T) => (groups.includes(name) ? value : null);
    const rows = state.usage.filter((row) => row.day === day);
    return grouped(rows, ({ model, workspace, service }) =>
      JSON.stringify([by("model", model), by("project_id", workspace), by("batch", service === "batch"), by("service_tier", service)]),
    ).map((group) => {
      const sum = (...names: string[]) =>
        group.reduce((total, { classes }) => total + names.reduce((part, name) => part + (classes[name]?.tokens ?? 0), 0), 0); // prettier-ignore
      const [first] = group as [BookedUsage];
      return {
        object: "organization.usage.completions.result",
        input_tokens: sum("input", "cache_read", "cache_write_5m", "audio_input"),
        input_cached_tokens: sum("cache_read"),
        input_cache_write_tokens: sum("cache_write_5m"),
        input_uncached_tokens: sum("input"),
        input_audio_tokens: sum("audio_input"),
        output_tokens: sum("output", "audio_output"),
        output_audio_tokens: sum("audio_output"),
        num_model_requests: group.reduce((total, { requests }) => total + requests, 0),
        model: by("model", first.model),
        project_id: by("project_id", first.workspace),
        batch: by("batch", first.service === "batch"),
        service_tier: by("service_tier", first.service === "batch" ? "default" : first.service === "standard" ? "default" : first.service),
      }; // prettier-ignore
    });
  } // prettier-ignore
  return { ...(await startHttpServer(answer)), state, adminKey };
}
export type FakeOpenAiCosts = Awaited<ReturnType<typeof startFakeOpenAiCosts>>;
