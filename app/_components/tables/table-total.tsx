import { plural } from "@/app/_format/quantities";
import { cn } from "../ui/class-names";
import type { Column, Total } from "./column";
import { cellLook, type Fold, foldLooks, lastFolded, padding } from "./fold";
import { FoldedWords } from "./folded-words";

interface TableTotalProps<Row, Order extends string> {
  total: Total;
  columns: readonly Column<Row, Order>[];
  fold: Fold;
  /** Stays in sight while the rows are scrolled, above the phone's navigation. */
  isSticky: boolean;
}

export function TableTotal<Row, Order extends string>({
  total,
  columns,
  fold,
  isSticky,
}: TableTotalProps<Row, Order>) {
  const look = foldLooks(fold);
  const atEnd = lastFolded(columns.filter((column) => column.total !== undefined));
  return (
    <tfoot
      role="rowgroup"
      className={cn(
        "border-t border-line-strong font-medium",
        isSticky && "sticky z-10 bg-surface bottom-[calc(3.5rem+env(safe-area-inset-bottom))] lg:bottom-0",
        look.foot,
      )}
    >
      <tr role="row" className={look.row}>
        <th role="rowheader" scope="row" className={cn("text-left font-medium", look.name, padding[fold])}>
          {total.label}
          {total.unpricedCalls !== undefined && total.unpricedCalls > 0 && (
            <span className="block text-xs font-normal text-warn">
              + {plural(total.unpricedCalls, "call")} unpriced
            </span>
          )}
        </th>
        {columns.map((column) => (
          <td
            key={column.key}
            role="cell"
            className={cn(
              cellLook(fold, { ...column, folded: column.total === undefined ? undefined : column.folded }),
              column.key === atEnd && "ml-auto",
              padding[fold],
            )}
          >
            {column.total !== undefined && (
              <FoldedWords folded={column.folded} fold={fold}>
                {column.total}
              </FoldedWords>
            )}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
