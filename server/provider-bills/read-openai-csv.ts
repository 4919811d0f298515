import { readLineItem } from "./line-item";
import { amountOf, type Cells, requireUsd, type RowAnswer, RowFault, tokensOf, utcDay } from "./file-rows";

const provider = "openai";

function dayOf(cell: Cells): string {
  const seconds = cell("start_time");
  if (/^\d{9,11}$/.test(seconds)) return new Date(Number(seconds) * 1_000).toISOString().slice(0, 10);
  if (cell("start_time_iso") !== "") return utcDay(cell, "start_time_iso");
  if (seconds !== "") return utcDay(cell, "start_time");
  throw new RowFault("start_time", "names no day");
}

/** A row of the dashboard's cost export (`cost_<from>_<to>.csv`). Days without a charge have a row without an amount. */
export function readOpenAiCost(cell: Cells): RowAnswer {
  const of = { provider, day: dayOf(cell), organization: cell("organization_id"), invoiceNo: "" };
  const description = cell("line_item");
  if (cell("amount_value") === "" && description === "") return { kind: "lines", ...of, lines: [] };
  const amount = amountOf(cell, "amount_value");
  requireUsd(cell, "amount_currency");
  const told = readLineItem(description);
  const quantity = tokensOf(cell("quantity"), cell("quantity_unit"));
  const line = {
    basis: "cost" as const,
    ...told,
    day: of.day,
    workspace: cell("project_id"),
    description,
    amount,
    listAmount: null,
    quantity: told.tokenClass === "tool" || told.tokenClass === "other" ? null : quantity,
  };
  return { kind: "lines", ...of, lines: [{ ...line, raw: null }] };
}
