/** Tags by which Prometheus sees a tenant's calls, and the label of each. Never people, prompts or free tags. */
export const labelOf = {
  provider: "provider",
  model: "model",
  feature: "feature",
  team: "team",
  environment: "env",
} as const;
export type LabelColumn = keyof typeof labelOf;
export const labelColumns = Object.keys(labelOf) as LabelColumn[];

/** What stands in the labels of all combinations of tags, and of all error types, beyond the cap. */
export const otherName = "other";

/** What is counted, and which columns of a roll-up add up to it. Each token is in one measure alone. */
export const measureColumns = {
  cost_usd: ["cost_usd"],
  input_tokens: ["fresh_input_tokens", "audio_input_tokens"],
  output_tokens: ["visible_output_tokens", "reasoning_tokens", "audio_output_tokens"],
  cache_read_tokens: ["cache_read_tokens"],
  cache_write_tokens: ["cache_write_5m_tokens", "cache_write_1h_tokens"],
  calls: ["calls"],
  unpriced_calls: ["unpriced_calls"],
} as const;
export type CountedMeasure = keyof typeof measureColumns;
export const countedMeasures = Object.keys(measureColumns) as CountedMeasure[];

/** A counter of one combination of tags. Amounts are decimal strings, as exact as the ledger. */
export interface CounterRow extends Record<LabelColumn, string> {
  measure: CountedMeasure;
  /** '' unless the calls failed. */
  errorType: string;
  /** Every rise of the ledger so far: it never falls. */
  counted: string;
  /** What the ledger says now, less what was counted. */
  correction: string;
}
