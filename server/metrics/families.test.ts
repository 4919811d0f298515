import { expect, it } from "vitest";
import { parseExposition } from "@/tests/metrics/parse-exposition";
import { expose } from "./exposition";
import { familiesOf } from "./families";
import { countedMeasures, type CounterRow } from "./shape";

const row = (measure: CounterRow["measure"], more: Partial<CounterRow> = {}): CounterRow => ({
  provider: "openai",
  model: "gpt-4o",
  feature: "chat",
  team: "",
  environment: "prod",
  measure,
  errorType: "",
  counted: "3",
  correction: "-1",
  ...more,
});
const labels = { provider: "openai", model: "gpt-4o", feature: "chat", team: "", env: "prod" };

function told(rows: CounterRow[], staleMs = 0) {
  const families = parseExposition(expose(familiesOf(rows, staleMs), "openMetrics"), "openMetrics");
  return Object.fromEntries(families.map(({ name, samples }) => [name, samples]));
}

it.each([
  ["cost_usd", "llm_cost_usd", "llm_cost_correction_usd", {}],
  ["input_tokens", "llm_tokens", "llm_tokens_correction", { type: "input" }],
  ["output_tokens", "llm_tokens", "llm_tokens_correction", { type: "output" }],
  ["cache_read_tokens", "llm_tokens", "llm_tokens_correction", { type: "cache_read" }],
  ["cache_write_tokens", "llm_tokens", "llm_tokens_correction", { type: "cache_write" }],
  ["calls", "llm_calls", "llm_calls_correction", { status: "ok", error_type: "" }],
  ["unpriced_calls", "llm_unpriced_calls", "llm_unpriced_calls_correction", {}],
] as const)("%s is %s, and %s beside it", (measure, counter, correction, more) => {
  const families = told([row(measure)]);
  expect(families[counter]).toEqual([
    { name: `${counter}_total`, labels: { ...labels, ...more }, value: "3" },
  ]);
  expect(families[correction]).toEqual([{ name: correction, labels: { ...labels, ...more }, value: "-1" }]);
});

it("tells calls apart by how they failed", () => {
  expect(told([row("calls"), row("calls", { errorType: "timeout" })]).llm_calls).toMatchObject([
    { labels: { status: "ok", error_type: "" } },
    { labels: { status: "error", error_type: "timeout" } },
  ]);
});

it("has every measure, and no label of a person or a prompt", () => {
  const families = Object.values(told(countedMeasures.map((measure) => row(measure)))).flat();
  expect(families).toHaveLength(countedMeasures.length * 2 + 1);
  const names = new Set(families.flatMap((sample) => Object.keys(sample.labels)));
  expect([...names].sort()).toEqual([
    "env",
    "error_type",
    "feature",
    "model",
    "provider",
    "status",
    "team",
    "type",
  ]);
});

it.each([
  [0, "0"],
  [1, "0.001"],
  [61_500, "61.5"],
  [-5, "0"],
])("%d ms behind is told as %s s", (staleMs, value) => {
  expect(told([], staleMs).llm_data_freshness_seconds).toEqual([
    { name: "llm_data_freshness_seconds", labels: {}, value },
  ]);
});
