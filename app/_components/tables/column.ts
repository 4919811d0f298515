import type { ReactNode } from "react";

/** Width that the table must have before a column is drawn; a folded row does not heed it. */
export type From = "sm" | "md" | "lg" | "xl";

/** Where a cell goes when rows fold into two lines. */
export interface Folded {
  /** 1: beside the name, large. 2: beneath it, small, after its name. */
  line: 1 | 2;
  before?: string;
  after?: string;
}

export interface Column<Row, Order extends string = string> {
  key: string;
  /** One or two words. */
  header: ReactNode;
  /** What the figure is, for whoever points at its header. */
  about?: string;
  cell: (row: Row, at: number) => ReactNode;
  /** Figures stand at the end of their column, words at its start. */
  align?: "start" | "end";
  /** What the table is ordered by after a press on the header. */
  order?: Order;
  /** Orders put the largest first; names begin with the first letter. */
  isAscending?: boolean;
  from?: From;
  /** Left out of folded rows where this is missing. */
  folded?: Folded;
  /** The key of the group of columns that it belongs to. */
  group?: string;
  /** Class for the width, such as "w-28". */
  width?: string;
  /** What stands in the total row. */
  total?: ReactNode;
}

/** A heading over neighbouring columns, such as one stretch of time of two. */
export interface ColumnGroup {
  key: string;
  label: ReactNode;
}

/** What a row is about, and where it leads. */
export interface RowHead {
  text: string;
  /** Calls without the tag and the like, which have no name of their own. */
  isNameless?: boolean;
  /** One of both, or nothing: the row leads nowhere. */
  href?: string;
  onOpen?: () => void;
  /** Small, beneath the name. */
  detail?: ReactNode;
  /** Small, beside the name. */
  badge?: ReactNode;
  /** Further ways on, such as a menu. */
  menu?: ReactNode;
}

export interface NameColumn<Row, Order extends string = string> {
  header: ReactNode;
  about?: string;
  order?: Order;
  isAscending?: boolean;
  of: (row: Row) => RowHead;
}

export interface Sort<Order extends string> {
  order: Order;
  onSort: (order: Order) => void;
}

export interface Total {
  /** "All 312 features". */
  label: ReactNode;
  /** Calls that no amount of the total includes. */
  unpricedCalls?: number;
}

export interface Paging {
  /** How many there are in all. */
  of: number;
  /** "feature", "features" */
  nouns: readonly [one: string, many: string];
  /** Undefined: there is no more. */
  onMore?: () => void;
  isLoading?: boolean;
}
