import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../ui/class-names";
import type { Column, ColumnGroup, NameColumn, Sort } from "./column";
import { type Fold, foldLooks, headLook } from "./fold";

interface HeadProps<Order extends string> {
  header: ReactNode;
  about?: string;
  order?: Order;
  isAscending?: boolean;
  align: "start" | "end";
  sort: Sort<Order> | undefined;
  className: string;
}

function Head<Order extends string>({
  header,
  about,
  order,
  isAscending,
  align,
  sort,
  className,
}: HeadProps<Order>) {
  const isSortable = sort !== undefined && order !== undefined;
  const isSorted = isSortable && sort.order === order;
  const direction = isAscending === true ? "ascending" : "descending";
  const Arrow = !isSorted ? ChevronsUpDown : isAscending === true ? ArrowUp : ArrowDown;
  return (
    <th
      role="columnheader"
      scope="col"
      title={about}
      aria-sort={isSortable ? (isSorted ? direction : "none") : undefined}
      className={cn("font-medium", align === "end" ? "text-right" : "text-left", className)}
    >
      {isSortable ? (
        <button
          type="button"
          onClick={() => sort.onSort(order)}
          className={cn(
            "group/sort flex w-fit items-center gap-1 rounded-sm whitespace-nowrap hover:text-ink",
            align === "end" && "ml-auto flex-row-reverse",
            isSorted && "text-ink",
          )}
        >
          {header}
          <Arrow
            aria-hidden
            className={cn(
              "size-3 shrink-0",
              !isSorted && "opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60",
            )}
          />
        </button>
      ) : (
        <span className="whitespace-nowrap">{header}</span>
      )}
    </th>
  );
}

/** Neighbours of one group, and those of none, with how many columns each spans. */
function spansOf<Row, Order extends string>(
  columns: readonly Column<Row, Order>[],
  groups: readonly ColumnGroup[],
): { group: ColumnGroup | undefined; columns: readonly Column<Row, Order>[] }[] {
  const spans: { group: ColumnGroup | undefined; columns: Column<Row, Order>[] }[] = [];
  for (const column of columns) {
    const group = groups.find(({ key }) => key === column.group);
    const last = spans.at(-1);
    if (last && last.group === group) last.columns.push(column);
    else spans.push({ group, columns: [column] });
  }
  return spans;
}

interface TableHeadProps<Row, Order extends string> {
  name: NameColumn<Row, Order>;
  columns: readonly Column<Row, Order>[];
  groups: readonly ColumnGroup[];
  sort: Sort<Order> | undefined;
  fold: Fold;
}

export function TableHead<Row, Order extends string>({
  name,
  columns,
  groups,
  sort,
  fold,
}: TableHeadProps<Row, Order>) {
  return (
    <thead role="rowgroup" className={cn("border-y text-2xs text-ink-faint", foldLooks(fold).head)}>
      {groups.length > 0 && (
        <tr role="row">
          <td role="cell" />
          {spansOf(columns, groups).map(({ group, columns: spanned }) =>
            group === undefined ? (
              <td key={spanned[0]?.key} role="cell" colSpan={spanned.length} />
            ) : (
              <th
                key={group.key}
                role="columnheader"
                scope="colgroup"
                colSpan={spanned.length}
                className="px-3 pt-2 text-right font-medium text-ink-muted last:pr-5"
              >
                <span className="block border-b pb-1">{group.label}</span>
              </th>
            ),
          )}
        </tr>
      )}
      <tr role="row">
        <Head {...name} align="start" sort={sort} className="px-3 py-2 pl-5" />
        {columns.map((column) => (
          <Head
            key={column.key}
            header={column.header}
            about={column.about}
            order={column.order}
            isAscending={column.isAscending}
            align={column.align ?? "end"}
            sort={sort}
            className={cn("px-3 py-2 last:pr-5", column.width, headLook(fold, column.from))}
          />
        ))}
      </tr>
    </thead>
  );
}
