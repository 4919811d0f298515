import type { PromptFigures } from "../prompt-schemas";
import type { PerCall } from "../prompts/per-call";
import type { PromptChange } from "../prompts/prompt-change";
import { type Column, number, text } from "./table";

/** Of a version: its figures, what a call of it is, what it changed (empty where it changed nothing). */
export function promptColumns<Row>(
  figures: (row: Row) => PromptFigures & PerCall,
  change: (row: Row) => PromptChange | null,
): Column<Row>[] {
  return [
    number("calls", (row) => figures(row).calls),
    number("inputTokens", (row) => figures(row).inputTokens),
    number("outputTokens", (row) => figures(row).outputTokens),
    number("costUsd", (row) => figures(row).costUsd),
    number("unpricedCalls", (row) => figures(row).unpricedCalls),
    number("errorCalls", (row) => figures(row).errorCalls),
    number("costPerCallUsd", (row) => figures(row).costPerCallUsd),
    number("inputTokensPerCall", (row) => figures(row).inputTokensPerCall),
    number("outputTokensPerCall", (row) => figures(row).outputTokensPerCall),
    number("errorRate", (row) => figures(row).errorRate),
    text("changedOn", (row) => change(row)?.changedOn ?? null),
    text("halfOn", (row) => change(row)?.halfOn ?? null),
    text("previousVersion", (row) => change(row)?.previousVersion ?? null),
    number("pricedCallsBefore", (row) => change(row)?.before.pricedCalls ?? null),
    number("costPerCallBeforeUsd", (row) => change(row)?.before.costPerCallUsd ?? null),
    number("pricedCallsAfter", (row) => change(row)?.after.pricedCalls ?? null),
    number("costPerCallAfterUsd", (row) => change(row)?.after.costPerCallUsd ?? null),
    number("perCallUsd", (row) => change(row)?.perCallUsd ?? null),
    number("change", (row) => change(row)?.change ?? null),
    number("callsSince", (row) => change(row)?.callsSince ?? null),
    number("extraUsd", (row) => change(row)?.extraUsd ?? null),
    number("extraInRangeUsd", (row) => change(row)?.extraInRangeUsd ?? null),
  ];
}
