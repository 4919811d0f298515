import { cn } from "../ui/class-names";
import { Skeleton } from "../ui/skeleton";
import type { Column } from "./column";
import { cellLook, type Fold, foldLooks, padding } from "./fold";

const nameWidths = ["w-40", "w-28", "w-48", "w-32"] as const;

interface TableSkeletonProps<Row, Order extends string> {
  columns: readonly Column<Row, Order>[];
  rows: number;
  fold: Fold;
}

/** Rows of the shape that the table will have, so that nothing jumps. */
export function TableSkeleton<Row, Order extends string>({
  columns,
  rows,
  fold,
}: TableSkeletonProps<Row, Order>) {
  const look = foldLooks(fold);
  return (
    <tbody aria-hidden className={cn("divide-y", look.section)}>
      {Array.from({ length: rows }, (_, row) => (
        <tr key={row} className={look.row}>
          <td className={cn(look.name, padding[fold])}>
            <Skeleton className={cn("my-0.5 h-4 max-w-full", nameWidths[row % nameWidths.length])} />
          </td>
          {columns.map((column) => (
            <td key={column.key} className={cn(cellLook(fold, column), padding[fold])}>
              <Skeleton className={cn("my-0.5 h-4 w-14", (column.align ?? "end") === "end" && "ml-auto")} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
