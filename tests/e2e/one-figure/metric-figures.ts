import { stories } from "@/prisma/seed/stories";
import { query } from "../own-tenant";
import { card } from "../screen";
import { downloaded, exactIn, fromApi, inTable, sumOf } from "./doors";
import {
  type Classes,
  columnSum,
  type Doors,
  failed,
  type Figure,
  grouped,
  type Groups,
  inMetrics,
  rangeOf,
  rowOf,
  scopeOf,
  sums,
  tokensIn,
} from "./figure";

/** Those that /metrics tells, too. */
export function metricFigures(doors: Doors): Figure[] {
  const { company } = doors;
  const range = rangeOf(company);
  const { retryLoop, unpricedModel } = stories;
  const features = { path: "features", title: "What each feature costs", by: "feature" };
  return [
    grouped(doors, {
      ...features,
      name: "cost of the feature support-chat",
      key: "support-chat",
      column: "Cost",
      field: "costUsd",
      third: inMetrics(doors, ["llm_cost_usd", { feature: "support-chat" }]),
      ledger: { sum: sums.cost, by: ["feature"], key: ["support-chat"] },
    }),
    grouped(doors, {
      ...features,
      name: "calls of the feature doc-search",
      key: "doc-search",
      column: "Calls",
      field: "calls",
      third: inMetrics(doors, ["llm_calls", { feature: "doc-search" }]),
      ledger: { sum: sums.calls, by: ["feature"], key: ["doc-search"] },
    }),
    grouped(doors, {
      ...features,
      name: "cost of all features",
      key: undefined,
      column: "Cost",
      field: "costUsd",
      third: inMetrics(doors, ["llm_cost_usd", {}]),
      ledger: { sum: sums.cost, by: [], key: [] },
    }),
    grouped(doors, {
      ...features,
      name: "cost of calls without a feature",
      key: null,
      without: "Unattributed",
      column: "Cost",
      field: "costUsd",
      third: inMetrics(doors, ["llm_cost_usd", { feature: "" }]),
      ledger: { sum: sums.cost, by: ["feature"], key: [null] },
    }),
    grouped(doors, {
      name: "cost of the model gpt-4o",
      path: "models",
      title: "What each model costs",
      by: "model",
      key: "gpt-4o",
      column: "Cost",
      field: "costUsd",
      third: inMetrics(doors, ["llm_cost_usd", { model: "gpt-4o" }]),
      ledger: { sum: sums.cost, by: ["model"], key: ["gpt-4o"] },
    }),
    grouped(doors, {
      name: `unpriced calls of the model ${unpricedModel.model}`,
      path: "models",
      title: "What each model costs",
      by: "model",
      key: unpricedModel.model,
      column: "Unpriced",
      field: "unpricedCalls",
      third: inMetrics(doors, ["llm_unpriced_calls", { model: unpricedModel.model }]),
      ledger: { sum: "count(*) FILTER (WHERE cost_usd IS NULL)", by: ["model"], key: [unpricedModel.model] },
    }),
    grouped(doors, {
      name: "output tokens of the team product",
      path: "teams",
      title: "What each team spends",
      by: "team",
      key: "product",
      column: "Tokens in / out",
      part: "out",
      field: "outputTokens",
      third: inMetrics(doors, ["llm_tokens", { team: "product", type: "output" }]),
      ledger: { sum: sums.output, by: ["team"], key: ["product"] },
    }),
    {
      name: "input tokens of the feature code-review, cached or not",
      path: `cache?${scopeOf(company)}`,
      screen: (page) => inTable(page, { title: "The cache by feature", row: "code-review", column: "Input tokens" }),
      csv: async (page) => rowOf(await downloaded(page, "The cache by feature"), "feature", "code-review")("inputTokens"),
      api: () => fromApi(query<Groups>(company, "reports.cache", range).then(({ rows }) => rows.find(({ key }) => key === "code-review")?.current.inputTokens)),
      third: tokensIn(doors, { feature: "code-review" }),
      ledger: { sum: sums.input, by: ["feature"], key: ["code-review"] },
    },
    {
      name: `failed calls of the feature ${retryLoop.feature}`,
      path: `errors?${scopeOf(company)}`,
      screen: (page) => inTable(page, { title: "Error rate by feature", row: retryLoop.feature, column: "Failed" }),
      csv: async (page) => rowOf(await downloaded(page, "Error rate by feature"), "feature", retryLoop.feature)("errorCalls"),
      api: () => fromApi(query<{ features: Groups }>(company, "reports.errors", range).then(({ features: { rows } }) => rows.find(({ key }) => key === retryLoop.feature)?.current.errorCalls)),
      third: inMetrics(doors, ["llm_calls", { feature: retryLoop.feature, status: "error" }]),
      ledger: { sum: `count(error_class)`, by: ["feature"], key: [retryLoop.feature] },
    },
    {
      name: "failed calls of the error class rate_limited",
      path: `errors?${scopeOf(company)}`,
      screen: (page) => inTable(page, { title: "Cost by error class", row: "rate_limited", column: "Failed" }),
      csv: async (page) => {
        const count = rowOf(await downloaded(page, "Cost by error class"), "errorClass", "rate_limited");
        return sumOf(["billedCalls", "unknownCalls", "notBilledCalls"].map(count));
      },
      api: () => fromApi(query<Classes>(company, "reports.errors", range).then((answer) => failed(answer, "rate_limited", "calls", ["billed", "unknown", "notBilled"]))),
      third: inMetrics(doors, ["llm_calls", { error_type: "rate_limited" }]),
      ledger: { sum: sums.calls, by: ["error_class"], key: ["rate_limited"] },
    },
    {
      name: "input tokens of the last 30 days",
      path: "overview",
      screen: (page) => exactIn(card(page, "Last 30 days").locator("dl > div").filter({ hasText: "Tokens in / out" }), "in"),
      csv: async (page) => columnSum(await downloaded(page, "Last 30 days by feature"), "last30InputTokens"),
      api: () => fromApi(query<{ total: { last30: { inputTokens: number } } }>(company, "reports.windows", { groupBy: "feature" }).then(({ total }) => total.last30.inputTokens)),
      third: tokensIn(doors, {}),
      ledger: { sum: sums.input, by: [], key: [] },
    },
  ]; // prettier-ignore
}
