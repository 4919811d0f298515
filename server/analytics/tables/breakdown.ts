import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { breakdown, type BreakdownAnswer } from "../breakdown";
import { BreakdownInput, type BreakdownRow } from "../schemas";
import { figureColumns } from "./figure-columns";
import { type Column, defineTable, number, text } from "./table";

const pageRows = 10_000;

/** reports.breakdown: all groups of the question, not only the page that is shown. */
export const breakdownTable = defineTable({
  right: "reports:read",
  input: BreakdownInput.omit({ offset: true, limit: true }),
  columns: ({ groupBy, compare }): Column<BreakdownRow>[] => [
    text(groupBy, ({ key }) => key),
    ...figureColumns<BreakdownRow>(({ current }) => current),
    number("costShare", ({ costShare }) => costShare),
    number("callShare", ({ callShare }) => callShare),
    number("cumulativeShare", ({ cumulativeShare }) => cumulativeShare),
    ...(compare
      ? [
          number<BreakdownRow>("changeUsd", ({ changeUsd }) => changeUsd),
          ...figureColumns<BreakdownRow>(({ previous }) => previous, "previous"),
        ]
      : []),
  ],
  async *pages(ctx, input) {
    let first: BreakdownAnswer | null = null;
    for (let offset = 0; first === null || offset < first.groups; offset += pageRows) {
      const answer: BreakdownAnswer = await breakdownPage(ctx, input, offset);
      first ??= answer;
      refuseOtherMoment(first, answer);
      const { rows, from, to, watermark } = answer;
      yield { rows, from, to, watermark };
    }
  },
});

const breakdownPage = (ctx: Ctx, input: Omit<BreakdownInput, "offset" | "limit">, offset: number) =>
  breakdown(ctx, { ...input, offset, limit: pageRows });

/** Between two pages calls may have been rolled up: groups then change places, and one could be missed or told twice. */
function refuseOtherMoment(first: BreakdownAnswer, next: BreakdownAnswer): void {
  if (JSON.stringify([first.groups, first.total]) === JSON.stringify([next.groups, next.total])) return;
  throw new DomainError("CONFLICT", "The figures changed while they were written; ask again.");
}
