import { cn } from "../ui/class-names";
import type { Column, NameColumn } from "./column";
import { cellLook, type Fold, foldLooks, lastFolded, padding } from "./fold";
import { FoldedWords } from "./folded-words";
import { onRowClick, onRowKey } from "./row-moves";
import { RowName } from "./row-name";

interface TableBodyProps<Row, Order extends string> {
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  name: NameColumn<Row, Order>;
  columns: readonly Column<Row, Order>[];
  fold: Fold;
}

export function TableBody<Row, Order extends string>({
  rows,
  keyOf,
  name,
  columns,
  fold,
}: TableBodyProps<Row, Order>) {
  const look = foldLooks(fold);
  const atEnd = lastFolded(columns);
  return (
    <tbody role="rowgroup" className={cn("divide-y", look.section)} onKeyDown={onRowKey}>
      {rows.map((row, at) => {
        const head = name.of(row);
        const leads = head.href !== undefined || head.onOpen !== undefined;
        return (
          <tr
            key={keyOf(row)}
            role="row"
            onClick={leads ? onRowClick : undefined}
            className={cn(
              "group/row transition-colors focus-within:bg-sunken/60 hover:bg-sunken/60",
              leads && "cursor-pointer",
              look.row,
            )}
          >
            <th
              role="rowheader"
              scope="row"
              className={cn("text-left font-normal", look.name, padding[fold])}
            >
              <RowName head={head} />
            </th>
            {columns.map((column) => (
              <td
                key={column.key}
                role="cell"
                className={cn(cellLook(fold, column), column.key === atEnd && "ml-auto", padding[fold])}
              >
                <FoldedWords folded={column.folded} fold={fold}>
                  {column.cell(row, at)}
                </FoldedWords>
              </td>
            ))}
          </tr>
        );
      })}
    </tbody>
  );
}
