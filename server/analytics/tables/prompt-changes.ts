import { DomainError } from "@/server/errors";
import { PromptChangesInput } from "../prompt-schemas";
import { type PromptChangeRow, promptChanges, type PromptChangesAnswer } from "../prompts/prompt-changes";
import { promptColumns } from "./prompt-columns";
import { type Column, defineTable, text } from "./table";

const pageRows = 10_000;

/** reports.promptChanges: all changes of the question, not only the page that is shown. */
export const promptChangesTable = defineTable({
  right: "reports:read",
  input: PromptChangesInput.omit({ offset: true, limit: true }),
  columns: (): Column<PromptChangeRow>[] => [
    text("prompt", ({ prompt }) => prompt),
    text("version", ({ version }) => version),
    ...promptColumns<PromptChangeRow>(
      (row) => row,
      ({ change }) => change,
    ),
  ],
  async *pages(ctx, input) {
    let first: PromptChangesAnswer | null = null;
    for (let offset = 0; first === null || offset < first.changes; offset += pageRows) {
      const answer: PromptChangesAnswer = await promptChanges(ctx, { ...input, offset, limit: pageRows });
      first ??= answer;
      // What was rolled up between two pages may have changed their order.
      if (first.changes !== answer.changes || first.unknown !== answer.unknown) {
        throw new DomainError("CONFLICT", "The figures changed while they were written; ask again.");
      }
      const { rows, from, to, watermark } = answer;
      yield { rows, from, to, watermark };
    }
  },
});
