import { CallRow } from "@/server/calls/call-row";
import type { CallPosition } from "@/server/calls/cursor";
import { resolveCallBounds } from "@/server/calls/list";
import type { CallsQuestion } from "@/server/calls/list-query";
import { listCallRows } from "@/server/calls/queries";
import { ListCallsInput } from "@/server/calls/schemas";
import type { Ctx } from "@/server/context";
import { type Column, defineTable, number, text } from "./table";

/** By time the index gives the next page; by amount each page sorts the range anew, so there had better be few. */
export const rowsOfPage = { newest: 1_000, dearest: 5_000 } as const;

const numbers: ReadonlySet<string> = new Set([
  "attempt",
  "latencyMs",
  "inputTokens",
  "outputTokens",
  "cacheReadTokens",
  "costUsd",
]);
export const callColumns = (Object.keys(CallRow.shape) as (keyof CallRow)[]).map((key): Column<CallRow> =>
  (numbers.has(key) ? number : text)(key, (row) => row[key]),
);

/**
 * calls.list, every page of it. It is read page by page, not at one moment: a call that is stored meanwhile is there if its
 * place in the order is still to come.
 */
export const callsTable = defineTable({
  right: "calls:read",
  input: ListCallsInput.omit({ cursor: true, limit: true }),
  columns: () => callColumns,
  async *pages(ctx, { order, filter, ...bounds }) {
    const { from, to } = resolveCallBounds(bounds, ctx.now);
    const question = { tenantId: ctx.tenant.id, order, filter, from, to, limit: rowsOfPage[order] };
    const facts = { from: from.toISOString(), to: to.toISOString(), watermark: null };
    let after: CallPosition | null = null;
    for (let hasMore = true; hasMore;) {
      const found = await page(ctx, { ...question, after });
      const rows = found.slice(0, question.limit);
      hasMore = found.length > rows.length;
      after = positionOf(rows.at(-1));
      yield { rows, ...facts };
    }
  },
});

function page(ctx: Ctx, question: CallsQuestion): Promise<CallRow[]> {
  return ctx.db.read((db) => listCallRows(db, question));
}

function positionOf(row: CallRow | undefined): CallPosition | null {
  return row ? { occurredAt: new Date(row.occurredAt), id: row.id, costUsd: row.costUsd } : null;
}
