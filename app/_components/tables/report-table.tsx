"use client";

import type { ReactNode } from "react";
import { cn } from "../ui/class-names";
import type { Column, ColumnGroup, NameColumn, Paging, Sort, Total } from "./column";
import { type Fold, foldLooks } from "./fold";
import { TableBody } from "./table-body";
import { TableHead } from "./table-head";
import { TablePaging } from "./table-paging";
import { TableSkeleton } from "./table-skeleton";
import { TableSort } from "./table-sort";
import { TableTotal } from "./table-total";

interface ReportTableProps<Row, Order extends string> {
  /** What the table tells, for readers: "Cost by feature, the dearest first". */
  caption: string;
  /** Undefined: still loading. */
  rows: readonly Row[] | undefined;
  keyOf: (row: Row) => string;
  name: NameColumn<Row, Order>;
  columns: readonly Column<Row, Order>[];
  groups?: readonly ColumnGroup[];
  /** The order that the rows came in; the screen keeps it in the address. */
  sort?: Sort<Order>;
  total?: Total;
  paging?: Paging;
  /** In place of the table where there are no rows. */
  empty: ReactNode;
  /** The rows answer an older question while the new answer is on its way. */
  isStale?: boolean;
  skeletonRows?: number;
  fold?: Fold;
}

/** More rows than this are scrolled, so the total stays in sight. */
const fitsWindow = 12;

/**
 * The table of every report: typed rows, each about one thing that it can lead to. Rows fold into two lines where the table
 * is narrow; arrows, j and k move between them, Enter opens. Put it into a `Card` without padding and
 * without `overflow-hidden`, which would scroll the total away.
 */
export function ReportTable<Row, Order extends string = string>(props: ReportTableProps<Row, Order>) {
  const { caption, rows, keyOf, name, columns, groups = [], sort, total, paging, empty } = props;
  const { isStale = false, skeletonRows = 8, fold = "wide" } = props;
  if (rows?.length === 0) return empty;
  return (
    <div className={cn("@container", isStale && "opacity-60 transition-opacity")}>
      {sort && <TableSort sort={sort} name={name} columns={columns} fold={fold} />}
      <table
        role="table"
        aria-busy={rows === undefined || isStale}
        className={cn("figures w-full text-sm", foldLooks(fold).table)}
      >
        <caption className="sr-only">{caption}</caption>
        <TableHead name={name} columns={columns} groups={groups} sort={sort} fold={fold} />
        {rows === undefined ? (
          <TableSkeleton columns={columns} rows={skeletonRows} fold={fold} />
        ) : (
          <TableBody rows={rows} keyOf={keyOf} name={name} columns={columns} fold={fold} />
        )}
        {rows && total && (
          <TableTotal total={total} columns={columns} fold={fold} isSticky={rows.length > fitsWindow} />
        )}
      </table>
      {rows === undefined && (
        <p role="status" className="sr-only">
          Loading
        </p>
      )}
      {rows && paging && <TablePaging paging={paging} shown={rows.length} />}
    </div>
  );
}
