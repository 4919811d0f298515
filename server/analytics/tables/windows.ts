import { atOneMoment } from "../one-moment";
import { windows } from "../windows/windows";
import { windowNames, WindowsInput, type WindowsRow } from "../windows/windows-schemas";
import { figureColumns, prefixed } from "./figure-columns";
import { type Column, defineTable, number, text } from "./table";

const pageRows = 10_000;

/** reports.windows: all groups, the figures of each window beside each other. */
export const windowsTable = defineTable({
  right: "reports:read",
  input: WindowsInput.omit({ offset: true, limit: true }),
  columns: ({ groupBy }): Column<WindowsRow>[] => [
    text(groupBy, ({ key }) => key),
    ...windowNames.flatMap((name) => [
      ...figureColumns<WindowsRow>((row) => row[name], name),
      number<WindowsRow>(prefixed(name, "costShare"), ({ costShares }) => costShares[name]),
    ]),
    number("change7Usd", ({ change7Usd }) => change7Usd),
    number("change30Usd", ({ change30Usd }) => change30Usd),
    number("cumulativeShare", ({ cumulativeShare }) => cumulativeShare),
  ],
  async *pages(ctx, input) {
    yield await atOneMoment(ctx, async (then) => {
      const first = await windows(then, { ...input, limit: pageRows });
      const rows = [...first.rows];
      while (rows.length < first.groups) {
        rows.push(...(await windows(then, { ...input, offset: rows.length, limit: pageRows })).rows);
      }
      return {
        rows,
        from: first.windows.previous30.from,
        to: first.windows.last30.to,
        watermark: first.watermark,
      };
    });
  },
});
