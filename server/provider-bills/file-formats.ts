import type { Cells, RowAnswer } from "./file-rows";
import { readAnthropicCost, readAnthropicUsage } from "./read-anthropic-csv";
import { readFocus } from "./read-focus-csv";
import { readOpenAiCost } from "./read-openai-csv";
import type { FileFormat, FileKind } from "./schemas";

interface Format {
  format: FileFormat;
  kind: FileKind;
  /** Lower-cased columns by which it is known; without them nothing can be read. */
  columns: readonly string[];
  read: (cell: Cells) => RowAnswer;
}

const formats: readonly Format[] = [
  {
    format: "openai-cost",
    kind: "cost",
    columns: ["start_time", "amount_value", "amount_currency", "line_item"],
    read: readOpenAiCost,
  },
  {
    format: "anthropic-cost",
    kind: "cost",
    columns: ["usage_date_utc", "model", "token_type", "cost_usd"],
    read: readAnthropicCost,
  },
  {
    format: "anthropic-usage",
    kind: "usage",
    columns: ["usage_date_utc", "model_version", "usage_input_tokens_no_cache", "usage_output_tokens"],
    read: readAnthropicUsage,
  },
  {
    format: "focus",
    kind: "cost",
    columns: ["billedcost", "billingcurrency", "chargecategory", "chargeperiodstart", "servicename"],
    read: readFocus,
  },
];

/** The format whose columns are all there; null: we do not know such files. */
export function formatOfHeader(columns: readonly string[]): Format | null {
  const found = new Set(columns.map((column) => column.trim().toLowerCase()));
  return formats.find((format) => format.columns.every((column) => found.has(column))) ?? null;
}
