import { growth } from "../windows/growth";
import { GrowthInput, type GrowthRow } from "../windows/windows-schemas";
import { figureColumns } from "./figure-columns";
import { type Column, defineTable, number, text } from "./table";

/** reports.growth: the groups that are shown, the fastest growing first. */
export const growthTable = defineTable({
  right: "reports:read",
  input: GrowthInput,
  columns: ({ groupBy }): Column<GrowthRow>[] => [
    text(groupBy, ({ key }) => key),
    number("changeUsd", ({ changeUsd }) => changeUsd),
    number("changeRatio", ({ changeRatio }) => changeRatio),
    text("isNew", ({ isNew }) => isNew),
    ...figureColumns<GrowthRow>(({ current }) => current),
    ...figureColumns<GrowthRow>(({ previous }) => previous, "previous"),
  ],
  async *pages(ctx, input) {
    const { rows, previous, last, watermark } = await growth(ctx, input);
    yield { rows, from: previous.from, to: last.to, watermark };
  },
});
