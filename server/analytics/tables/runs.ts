import { DomainError } from "@/server/errors";
import { type RunRow, runs, type RunsAnswer } from "../runs/runs";
import { runFilters, RunsInput } from "../runs-schemas";
import { type Column, defineTable, number, text } from "./table";

const pageRows = 10_000;

const tags: readonly Column<RunRow>[] = runFilters.flatMap((name) => [
  text<RunRow>(name, (row) => row[name].key),
  number<RunRow>(`${name}Others`, (row) => row[name].others),
]);

/** reports.runs: every run of the question, not only the page that is shown. */
export const runsTable = defineTable({
  right: "reports:read",
  input: RunsInput.omit({ offset: true, limit: true, compare: true }),
  columns: (): Column<RunRow>[] => [
    text("runId", ({ runId }) => runId),
    text("firstAt", ({ firstAt }) => firstAt),
    text("lastAt", ({ lastAt }) => lastAt),
    number("durationMs", ({ durationMs }) => durationMs),
    ...tags,
    number("calls", ({ calls }) => calls),
    number("toolCalls", ({ toolCalls }) => toolCalls),
    number("inputTokens", ({ inputTokens }) => inputTokens),
    number("outputTokens", ({ outputTokens }) => outputTokens),
    number("costUsd", ({ costUsd }) => costUsd),
    number("unpricedCalls", ({ unpricedCalls }) => unpricedCalls),
    number("unpricedTokens", ({ unpricedTokens }) => unpricedTokens),
    number("partialCalls", ({ partialCalls }) => partialCalls),
    number("errorCalls", ({ errorCalls }) => errorCalls),
    number("retryCalls", ({ retryCalls }) => retryCalls),
    number("retryCostUsd", ({ retryCostUsd }) => retryCostUsd),
    number("costShare", ({ costShare }) => costShare),
    number("cumulativeShare", ({ cumulativeShare }) => cumulativeShare),
  ],
  async *pages(ctx, input) {
    let first: RunsAnswer | null = null;
    for (let offset = 0; first === null || offset < first.total.runs; offset += pageRows) {
      const answer: RunsAnswer = await runs(ctx, { ...input, offset, limit: pageRows });
      first ??= answer;
      // Runs may have been rolled up between two pages: they change places then, and one could be missed or told twice.
      if (JSON.stringify(first.total) !== JSON.stringify(answer.total)) {
        throw new DomainError("CONFLICT", "The figures changed while they were written; ask again.");
      }
      const { rows, from, to, watermark } = answer;
      yield { rows, from, to, watermark };
    }
  },
});
