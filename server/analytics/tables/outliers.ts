import { outliers } from "../outliers/outliers";
import type { DearCall } from "../outliers/outliers-query";
import { OutliersInput } from "../outliers/outliers-schemas";
import { callColumns } from "./calls";
import { type Column, defineTable, number, text } from "./table";

/** calls.outliers: the dearest calls that are shown, and how far out each is. */
export const outliersTable = defineTable({
  right: "calls:read",
  input: OutliersInput,
  columns: (): Column<DearCall>[] => [
    ...callColumns,
    number("featureCalls", ({ featureCalls }) => featureCalls),
    number("medianUsd", ({ medianUsd }) => medianUsd),
    number("ratio", ({ ratio }) => ratio),
    text("isOutlier", ({ isOutlier }) => isOutlier),
  ],
  async *pages(ctx, input) {
    const { calls, from, to } = await outliers(ctx, input);
    yield { rows: calls, from, to, watermark: null };
  },
});
