import { type CountedMeasure, type CounterRow, labelColumns, labelOf } from "./shape";

export type Labels = readonly (readonly [name: string, value: string])[];

/** A metric as both text formats know it. */
export interface MetricFamily {
  /** Without the suffix that a counter's samples have. */
  name: string;
  type: "counter" | "gauge";
  /** Also the end of its name. */
  unit?: string;
  help: string;
  samples: { labels: Labels; value: string }[];
}

interface Meaning {
  name: string;
  unit?: string;
  help: string;
  /** Name of the gauge beside the counter. */
  correction: string;
  /** Its measures, and what a sample of each says besides its series. */
  measures: Partial<Record<CountedMeasure, (row: CounterRow) => Labels>>;
}

const alone = () => [];
const typed = (type: string) => () => [["type", type]] as const;
const outcome = ({ errorType }: CounterRow): Labels => [
  ["status", errorType === "" ? "ok" : "error"],
  ["error_type", errorType],
];

/** Budgets will stand here, too, once there are budgets. */
const meanings: readonly Meaning[] = [
  {
    name: "llm_cost_usd",
    correction: "llm_cost_correction_usd",
    unit: "usd",
    help: "What calls cost, in US dollars. Calls without a price are not in it: see llm_unpriced_calls_total.",
    measures: { cost_usd: alone },
  },
  {
    name: "llm_tokens",
    correction: "llm_tokens_correction",
    help: "Tokens of calls, each in one type alone: input (not from a cache), output (with reasoning), cache_read, cache_write. All input is input + cache_read + cache_write.",
    measures: {
      input_tokens: typed("input"),
      output_tokens: typed("output"),
      cache_read_tokens: typed("cache_read"),
      cache_write_tokens: typed("cache_write"),
    },
  },
  {
    name: "llm_calls",
    correction: "llm_calls_correction",
    help: "Calls of models and tools, each attempt by itself; error_type is empty for those that went well.",
    measures: { calls: outcome },
  },
  {
    name: "llm_unpriced_calls",
    correction: "llm_unpriced_calls_correction",
    help: "Calls whose price was not known when they were counted. Those that have one by now are in the correction.",
    measures: { unpriced_calls: alone },
  },
];

const ofSeries = (row: CounterRow): Labels => labelColumns.map((column) => [labelOf[column], row[column]]);

/**
 * Counters, beside each its correction (counter + correction is what the ledger says), and how fresh they are.
 * @param staleMs how long ago everything received was in the figures
 */
export function familiesOf(rows: readonly CounterRow[], staleMs: number): MetricFamily[] {
  const told = meanings.flatMap(({ name, unit, help, correction, measures }): MetricFamily[] => {
    const samplesOf = (value: (row: CounterRow) => string) =>
      rows.flatMap((row) => {
        const more = measures[row.measure];
        return more ? [{ labels: [...ofSeries(row), ...more(row)], value: value(row) }] : [];
      });
    const counter = { name, type: "counter", help, samples: samplesOf(({ counted }) => counted) } as const;
    const gauge = {
      name: correction,
      type: "gauge",
      help: `What the ledger says now, less ${name}_total: calls priced anew or corrected, moved to other labels, or withdrawn. Both together are exact.`,
      samples: samplesOf((row) => row.correction),
    } as const;
    return unit === undefined
      ? [counter, gauge]
      : [
          { ...counter, unit },
          { ...gauge, unit },
        ];
  });
  return [
    ...told,
    {
      name: "llm_data_freshness_seconds",
      type: "gauge",
      unit: "seconds",
      help: "How long ago every call that had been received was in these figures.",
      samples: [{ labels: [], value: String(Math.max(0, staleMs) / 1000) }],
    },
  ];
}
