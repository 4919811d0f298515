import type { breakdownColumns } from "@/app/_components/tables/breakdown-columns";
import type { BreakdownRow, Grouping, ReportScope } from "@/server/analytics/schemas";
import type { Figure } from "@/server/analytics/explain/explain-schemas";
import { Explain } from "../_explain/explain";

type Columns = ReturnType<typeof breakdownColumns>;

/** Columns whose figures say where they come from when they are pressed. */
const figureOf = { cost: "costUsd", calls: "calls", costPerCall: "costPerCall" } as const satisfies Partial<
  Record<keyof Columns, Figure>
>;

/** The columns of a breakdown, with figures that explain themselves: those of a row, and those of the total. */
export function explained(columns: Columns, scope: ReportScope, by: Grouping): Columns {
  const changed = Object.entries(figureOf).map(([name, figure]) => {
    const column = columns[name as keyof typeof figureOf];
    return [
      name,
      {
        ...column,
        cell: (row: BreakdownRow) => (
          <Explain figure={figure} scope={scope} group={{ by, key: row.key }}>
            {column.cell(row)}
          </Explain>
        ),
        ...("total" in column && {
          total: (
            <Explain figure={figure} scope={scope}>
              {column.total}
            </Explain>
          ),
        }),
      },
    ];
  });
  return { ...columns, ...Object.fromEntries(changed) } as Columns;
}
