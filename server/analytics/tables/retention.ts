import { retention } from "../retention/retention";
import { type Cohort, type RetentionCell, RetentionInput } from "../retention/retention-schemas";
import { type Column, defineTable, number, text } from "./table";

type Row = Pick<Cohort, "cohort" | "users"> & RetentionCell;

const figures = [
  "activeUsers",
  "share",
  "low",
  "high",
  "calls",
  "events",
  "costUsd",
  "costPerUserUsd",
  "unpricedCalls",
  "leftUsers",
  "leftCostUsd",
] as const satisfies readonly (keyof RetentionCell)[];

/** reports.retention: a line for each cohort and period. */
export const retentionTable = defineTable({
  right: "reports:read",
  input: RetentionInput,
  columns: (): Column<Row>[] => [
    text("cohort", ({ cohort }) => cohort),
    number("users", ({ users }) => users),
    number("age", ({ age }) => age),
    text("period", ({ period }) => period),
    text("isRunning", ({ isRunning }) => isRunning),
    ...figures.map((name) => number<Row>(name, (row) => row[name])),
  ],
  async *pages(ctx, input) {
    const { cohorts, from, to, watermark } = await retention(ctx, input);
    const rows = cohorts.flatMap(({ cohort, users, cells }) =>
      cells.map((cell) => ({ ...cell, cohort, users })),
    );
    yield { rows, from, to, watermark };
  },
});
