import { hours } from "../hours/hours";
import { HourCell, HoursInput } from "../hours/hours-schemas";
import { type Column, defineTable, number } from "./table";

const names = Object.keys(HourCell.shape) as (keyof HourCell)[];

/** reports.hours: a line for each hour of the week. */
export const hoursTable = defineTable({
  right: "reports:read",
  input: HoursInput,
  columns: (): Column<HourCell>[] => names.map((name) => number(name, (cell) => cell[name])),
  async *pages(ctx, input) {
    const { cells, from, to, watermark } = await hours(ctx, input);
    yield { rows: cells, from, to, watermark };
  },
});
