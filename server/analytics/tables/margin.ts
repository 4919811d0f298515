import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { margin, type MarginAnswer, type MarginRow } from "../people/margin";
import { MarginInput } from "../people/people-schemas";
import { type Column, defineTable, number, text } from "./table";

const pageRows = 10_000;
const Question = MarginInput.omit({ offset: true, limit: true });

/** reports.margin: all groups of the question, not only the page that is shown. Empty revenue is unknown, not nothing. */
export const marginTable = defineTable({
  right: "reports:read",
  input: Question,
  columns: ({ by }): Column<MarginRow>[] => [
    text(by, ({ key }) => key),
    ...(by === "user"
      ? [
          text<MarginRow>("accountId", ({ accountId }) => accountId),
          text<MarginRow>("plan", ({ plan }) => plan),
        ]
      : [number<MarginRow>("users", ({ users }) => users)]),
    number("calls", ({ calls }) => calls),
    number("costUsd", ({ costUsd }) => costUsd),
    number("unpricedCalls", ({ unpricedCalls }) => unpricedCalls),
    number("revenueUsd", ({ revenueUsd }) => revenueUsd),
    number("marginUsd", ({ marginUsd }) => marginUsd),
    number("marginShare", ({ marginShare }) => marginShare),
    number("unknownUsers", ({ unknown }) => unknown.users),
    number("unknownCostUsd", ({ unknown }) => unknown.costUsd),
  ],
  async *pages(ctx: Ctx, input) {
    let first: MarginAnswer | null = null;
    for (let offset = 0; first === null || offset < first.groups; offset += pageRows) {
      const answer: MarginAnswer = await margin(ctx, { ...input, offset, limit: pageRows });
      first ??= answer;
      // Between two pages groups may have changed places, and one could be missed or told twice.
      if (JSON.stringify([first.groups, first.total]) !== JSON.stringify([answer.groups, answer.total]))
        throw new DomainError("CONFLICT", "The figures changed while they were written; ask again.");
      const { rows, from, to, watermark } = answer;
      yield { rows, from, to, watermark };
    }
  },
});
