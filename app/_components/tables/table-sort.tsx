import type { ReactNode } from "react";
import { Select } from "../ui/field";
import type { Column, NameColumn, Sort } from "./column";
import { type Fold, foldLooks } from "./fold";

interface Choice<Order extends string> {
  order: Order;
  header: ReactNode;
}

interface TableSortProps<Row, Order extends string> {
  sort: Sort<Order>;
  name: NameColumn<Row, Order>;
  columns: readonly Column<Row, Order>[];
  fold: Fold;
}

/** The order of folded rows, which have no headers to press. */
export function TableSort<Row, Order extends string>({
  sort,
  name,
  columns,
  fold,
}: TableSortProps<Row, Order>) {
  const choices = [...columns, name]
    .flatMap(({ order, header }): Choice<Order>[] => (order === undefined ? [] : [{ order, header }]))
    .filter(({ order }, at, all) => all.findIndex((other) => other.order === order) === at);
  if (choices.length < 2) return null;
  return (
    <div className={`flex items-center justify-end gap-2 border-y px-4 py-2 ${foldLooks(fold).onlyFolded}`}>
      <label className="flex items-center gap-2 text-xs text-ink-muted">
        Order by
        <Select
          className="h-8 w-auto"
          value={sort.order}
          onChange={(event) => {
            const chosen = choices.find(({ order }) => order === event.target.value);
            if (chosen) sort.onSort(chosen.order);
          }}
        >
          {choices.map(({ order, header }) => (
            <option key={order} value={order}>
              {header}
            </option>
          ))}
        </Select>
      </label>
    </div>
  );
}
