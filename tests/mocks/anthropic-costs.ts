import { Decimal } from "decimal.js";
import { daysBetween, faultOf, grouped, makeBillState, pageOfDays } from "./bill-fake";
import type { FakeAnswer, HeardRequest } from "./http-server";
import { startHttpServer } from "./http-server";

const Exact = Decimal.clone({ precision: 80 });
const types: Record<string, string> = {
  input: "uncached_input_tokens",
  cache_read: "cache_read_input_tokens",
  cache_write_5m: "cache_creation.ephemeral_5m_input_tokens",
  cache_write_1h: "cache_creation.ephemeral_1h_input_tokens",
  output: "output_tokens",
};
const defaultWorkspace = "default";

/**
 * Anthropic's cost report, usage report and analytics cost (formats 5): cents as decimal strings, RFC 3339, days of UTC, token
 * types by their own words, the default workspace as null, priority tier in usage but not in the cost report.
 */
export async function startFakeAnthropicCosts(adminKey = "sk-ant-admin-test") {
  const state = { ...makeBillState(), /** What is paid of a list price, where a discount was agreed. */ discount: null as string | null }; // prettier-ignore
  const refuse = (status: number, message: string): FakeAnswer => ({
    status,
    body: { type: "error", error: { type: "invalid_request_error", message } },
  });

  function answer({ method, url, headers }: HeardRequest): FakeAnswer {
    if (method !== "GET") return refuse(405, "Method not allowed");
    const key = headers["x-api-key"];
    if (key !== adminKey)
      return typeof key === "string" && key.startsWith("sk-ant-admin")
        ? refuse(401, "invalid x-api-key")
        : refuse(403, "an admin key is required");
    if (headers["anthropic-version"] !== "2023-06-01")
      return refuse(400, "anthropic-version: header is required");
    const fault = faultOf(state);
    if (fault) return fault;
    const query = url.searchParams;
    const limit = Number(query.get("limit") ?? 7);
    if (limit < 1 || limit > 31) return refuse(400, "limit must be 1 to 31");
    const size = Math.min(limit, state.daysOnPage);
    if (url.pathname === "/v1/organizations/cost_report") return page(query, size, costs);
    if (url.pathname === "/v1/organizations/usage_report/messages") return page(query, size, usage);
    if (url.pathname === "/v1/organizations/analytics/cost")
      return headers["anthropic-beta"] === "analytics-usage-cost-2026-08-24"
        ? page(query, size, analytics)
        : refuse(404, "Not found");
    return refuse(404, "Not found");
  }

  function page(query: URLSearchParams, size: number, of: (day: string) => unknown[]): FakeAnswer {
    const [from, to] = [query.get("starting_at") ?? "", query.get("ending_at") ?? ""];
    if (!/Z$/.test(from) || !/Z$/.test(to)) return refuse(400, "starting_at must be RFC 3339");
    const shown = pageOfDays(daysBetween(Date.parse(from), Date.parse(to)), query.get("page"), size);
    const data = shown.days.map((day) => ({
      starting_at: `${day}T00:00:00Z`,
      ending_at: new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().replace(".000", ""),
      results: of(day),
    }));
    return { status: 200, body: { data, has_more: shown.hasMore, next_page: shown.next } };
  }

  const cells = (day: string) =>
    state.usage
      .filter((row) => row.day === day)
      .flatMap(({ model, service, workspace, classes }) =>
        Object.entries(classes).map(([name, { tokens, usd }]) => ({
          model,
          service,
          workspace,
          name,
          tokens,
          usd,
        })),
      );
  const cents = (usd: string, factor = "1") => new Exact(usd).times(100).times(factor).toFixed();
  const summed = (rows: { usd: string }[]) =>
    rows.reduce((sum, { usd }) => sum.plus(usd), new Exact(0)).toFixed();

  function costs(day: string): unknown[] {
    const rows = cells(day).filter(({ service }) => service !== "priority");
    const lines = grouped(rows, ({ model, service, workspace, name }) =>
      JSON.stringify([model, service, workspace, name]),
    );
    return [
      ...lines.map((group) => ({ ...described(group[0]), amount: cents(summed(group), state.discount ?? "1"), currency: "USD" })), // prettier-ignore
      ...state.extras
        .filter((row) => row.day === day)
        .map(({ description, usd }) => ({ amount: cents(usd), currency: "USD", description, cost_type: null, token_type: null, model: null, service_tier: null, context_window: null, inference_geo: null, workspace_id: null })), // prettier-ignore
    ];
  }

  function described(row: ReturnType<typeof cells>[number] | undefined) {
    const isTool = row?.name === "tool";
    return {
      description: isTool ? "Web Search Usage" : `${row?.model ?? ""} Usage - ${row?.name ?? ""}`,
      cost_type: isTool ? "web_search" : "tokens",
      token_type: isTool ? null : (types[row?.name ?? ""] ?? null),
      model: isTool ? null : (row?.model ?? null),
      service_tier: isTool ? null : (row?.service ?? null),
      context_window: isTool ? null : "0-200k",
      inference_geo: isTool ? null : "global",
      workspace_id: row?.workspace === defaultWorkspace ? null : (row?.workspace ?? null),
    };
  }

  function analytics(day: string): unknown[] {
    return cells(day).map((row) => ({
      ...described(row),
      cost: {
        amount: cents(row.usd, state.discount ?? "1"),
        list_amount: cents(row.usd),
        currency: "USD",
        requests: 1,
      },
    }));
  }

  function usage(day: string): unknown[] {
    const rows = state.usage.filter((row) => row.day === day);
    return grouped(rows, ({ model, service, workspace }) => JSON.stringify([model, service, workspace])).map((group) => {
      const sum = (name: string) => group.reduce((total, { classes }) => total + (classes[name]?.tokens ?? 0), 0);
      const [first] = group;
      return {
        uncached_input_tokens: sum("input"),
        cache_read_input_tokens: sum("cache_read"),
        cache_creation: { ephemeral_5m_input_tokens: sum("cache_write_5m"), ephemeral_1h_input_tokens: sum("cache_write_1h") },
        output_tokens: sum("output"),
        server_tool_use: { web_search_requests: sum("tool") },
        model: first?.model ?? null,
        service_tier: first?.service ?? null,
        workspace_id: first?.workspace === defaultWorkspace ? null : (first?.workspace ?? null),
      };
    }); // prettier-ignore
  }
  return { ...(await startHttpServer(answer)), state, adminKey };
}
export type FakeAnthropicCosts = Awaited<ReturnType<typeof startFakeAnthropicCosts>>;
