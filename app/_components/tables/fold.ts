import { cn } from "../ui/class-names";
import type { Column, From } from "./column";

/**
 * Below which width of the table its rows fold into two lines. Widths are the table's own, not the window's: a table in half
 * a screen is as narrow as one on a tablet. `wide` suits eight columns and more, `narrow` four.
 */
export type Fold = "wide" | "narrow";

// Tailwind finds classes that are spelled out.
const looks = {
  wide: {
    table: "block @2xl:table",
    head: "hidden @2xl:table-header-group",
    section: "block @2xl:table-row-group",
    foot: "block @2xl:table-footer-group",
    row: "flex flex-wrap items-center gap-x-3 px-4 py-2.5 before:order-2 before:h-0 before:basis-full @2xl:table-row @2xl:px-0 @2xl:py-0 @2xl:before:hidden",
    name: "min-w-0 flex-1 @2xl:table-cell @2xl:w-full @2xl:max-w-0 @2xl:min-w-44",
    word: "@2xl:hidden",
    onlyFolded: "@2xl:hidden",
    cell: "@2xl:table-cell",
  },
  narrow: {
    table: "block @sm:table",
    head: "hidden @sm:table-header-group",
    section: "block @sm:table-row-group",
    foot: "block @sm:table-footer-group",
    row: "flex flex-wrap items-center gap-x-3 px-4 py-2.5 before:order-2 before:h-0 before:basis-full @sm:table-row @sm:px-0 @sm:py-0 @sm:before:hidden",
    name: "min-w-0 flex-1 @sm:table-cell @sm:w-full @sm:max-w-0 @sm:min-w-32",
    word: "@sm:hidden",
    onlyFolded: "@sm:hidden",
    cell: "@sm:table-cell",
  },
} as const;

const froms = {
  wide: { sm: "@2xl:table-cell", md: "@3xl:table-cell", lg: "@4xl:table-cell", xl: "@5xl:table-cell" },
  narrow: { sm: "@md:table-cell", md: "@lg:table-cell", lg: "@xl:table-cell", xl: "@2xl:table-cell" },
} as const satisfies Record<Fold, Record<From, string>>;

/** The last of a row's second line stands at its end. */
export function lastFolded(columns: readonly Pick<Column<never>, "key" | "folded">[]): string | undefined {
  const second = columns.filter(({ folded }) => folded?.line === 2);
  return second.length > 1 ? second.at(-1)?.key : undefined;
}

/** A folded cell that is not drawn must vanish until the width that its column asks for. */
const hidden = { wide: "@2xl:hidden", narrow: "@sm:hidden" } as const;

export const padding = {
  wide: "@2xl:px-3 @2xl:py-2.5 @2xl:first:pl-5 @2xl:last:pr-5",
  narrow: "@sm:px-2 @sm:py-2 @sm:first:pl-5 @sm:last:pr-5",
} as const;

export function foldLooks(fold: Fold) {
  return looks[fold];
}

/** Whether the header of a column is seen, in a head that only unfolded tables have. */
export function headLook(fold: Fold, from: From | undefined): string | undefined {
  return from && `hidden ${froms[fold][from]}`;
}

/** Whether, and where, the cell of a column is seen. */
export function cellLook(
  fold: Fold,
  { folded, from, align = "end" }: Pick<Column<never>, "folded" | "from" | "align">,
) {
  const place =
    folded === undefined
      ? "hidden"
      : folded.line === 1
        ? "order-1"
        : "order-3 text-xs text-ink-muted max-@md:[&_[data-bar]]:hidden";
  const shown = from === undefined ? looks[fold].cell : cn(hidden[fold], froms[fold][from]);
  const atDesk = fold === "wide" ? "@2xl:text-sm @2xl:text-ink" : "@sm:text-sm @sm:text-ink";
  return cn(place, shown, atDesk, align === "end" && "text-right", "align-middle whitespace-nowrap");
}
