import type { Column, NameColumn } from "@/app/_components/tables/column";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { formatDate, formatDay } from "@/app/_format/dates";
import { personName } from "../reviews/words";
import { causeName, type DifferenceRow, gapText, linkName } from "./words";

/** @param maySeeBilling whether Stripe's screens are open to this member */
export const differenceName = (slug: string, maySeeBilling: boolean): NameColumn<DifferenceRow> => ({
  header: "Cause",
  of: ({ cause, subject, sentence, place, link }) => ({
    text: causeName(cause),
    ...((link.kind !== "stripe" || maySeeBilling) && { href: `/${slug}/${place}` }),
    detail: (
      <span className="block max-w-xl whitespace-normal">
        {subject !== null && <span className="text-ink">{subject}: </span>}
        {sentence}
      </span>
    ),
  }),
});

interface ColumnsOf {
  names: ReadonlyMap<string, string>;
  timeZone: string;
  /** Null: this member only looks. */
  changes: {
    onAssign: (row: DifferenceRow) => void;
    onSettle: (row: DifferenceRow) => void;
    onUnsettle: (row: DifferenceRow) => void;
  } | null;
}

function Owner({ row: { ownership }, names, timeZone }: { row: DifferenceRow } & Pick<ColumnsOf, "names" | "timeZone">) {
  if (ownership?.settled)
    return (
      <span className="block max-w-56">
        <Badge tone="good">settled</Badge>
        <span className="mt-0.5 block text-xs text-ink-muted">
          {formatDate(ownership.settled.at, timeZone)} by {personName(names, ownership.settled.by)}: “{ownership.note}”
        </span>
      </span>
    );
  return (
    <span className="block max-w-56">
      {ownership?.ownerId ? personName(names, ownership.ownerId) : <span className="text-ink-muted">Nobody</span>}
      {ownership?.dueOn && (
        <span className="mt-0.5 block text-xs">
          {ownership.isOverdue ? <Badge tone="bad">overdue since {formatDay(ownership.dueOn)}</Badge> : <span className="text-ink-muted">due {formatDay(ownership.dueOn)}</span>}
        </span>
      )}
      {ownership?.note && <span className="mt-0.5 block text-xs text-ink-muted">“{ownership.note}”</span>}
    </span>
  );
} // prettier-ignore

export const differenceColumns = ({ names, timeZone, changes }: ColumnsOf): Column<DifferenceRow>[] => [
  { key: "link", header: "Where", align: "start", folded: { line: 2 }, cell: ({ link }) => linkName(link) },
  {
    key: "amount",
    header: "Difference",
    about: "The far side less the near one, as far as this explains it; every digit",
    folded: { line: 1 },
    cell: ({ amount, unit }) => (amount === null ? <span title="It is no amount">–</span> : <span className="wrap-anywhere">{gapText(amount, unit)}</span>),
  },
  { key: "owner", header: "Owner", align: "start", folded: { line: 2 }, cell: (row) => <Owner row={row} names={names} timeZone={timeZone} /> },
  ...(changes === null
    ? []
    : [
        {
          key: "actions",
          header: <span className="sr-only">Actions</span>,
          folded: { line: 2 },
          cell: (row: DifferenceRow) => {
            const what = `${causeName(row.cause)} (${linkName(row.link)}${row.subject === null ? "" : `, ${row.subject}`})`;
            return (
              <span className="inline-flex justify-end gap-1 print:hidden">
                <Button size="sm" variant="ghost" onClick={() => changes.onAssign(row)} aria-label={`Assign ${what}`}>
                  Assign
                </Button>
                {row.ownership?.settled ? (
                  <Button size="sm" variant="ghost" onClick={() => changes.onUnsettle(row)} aria-label={`Open ${what} again`}>
                    Open again
                  </Button>
                ) : (
                  <Button size="sm" variant="ghost" onClick={() => changes.onSettle(row)} aria-label={`Settle ${what}`}>
                    Settle
                  </Button>
                )}
              </span>
            );
          },
        } satisfies Column<DifferenceRow>,
      ]),
]; // prettier-ignore
