import { Money } from "@/app/_components/money";
import type { Column, NameColumn } from "@/app/_components/tables/column";
import { Badge } from "@/app/_components/ui/badge";
import { formatDate, formatInstant, formatMonth } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import { MonthActions } from "./month-actions";
import { memberName, shortHash, statementHref, type StatementMonth } from "./words";

function detailOf({ closed, statement, closing }: StatementMonth, timeZone: string, names: ReadonlyMap<string, string>) {
  if (closed) {
    const when = `closed ${formatDate(closed.at, timeZone)} by ${memberName(names, closed.by)}`;
    return statement ? when : `${when}, before statements were kept`;
  }
  if (closing) {
    return `to be closed since ${formatInstant(closing.requestedAt, timeZone)}, asked for by ${memberName(names, closing.requestedBy)}`;
  }
  return undefined;
} // prettier-ignore

export const monthName = (
  slug: string,
  timeZone: string,
  names: ReadonlyMap<string, string>,
): NameColumn<StatementMonth> => ({
  header: "Month",
  of: (row) => ({
    text: formatMonth(row.month),
    detail: detailOf(row, timeZone, names),
    ...(row.statement && { href: statementHref(slug, row.month) }),
    // Opened again: what it came to then can still be read.
    ...(!row.statement &&
      row.earlierRevisions > 0 && {
        href: `${statementHref(slug, row.month)}?revision=${String(row.earlierRevisions)}`,
      }),
  }),
});

const badges = {
  running: <Badge>running</Badge>,
  open: <Badge tone="accent">open</Badge>,
  closing: <Badge tone="warn">closing</Badge>,
  closed: <Badge tone="good">closed</Badge>,
} as const;

/** What keeps the month open, and from when on it does not, where the clock alone decides. */
function Waits({ closing, timeZone }: { closing: NonNullable<StatementMonth["closing"]>; timeZone: string }) {
  return (
    <ul className="mt-1 space-y-1 text-xs text-ink-muted">
      {closing.waitsFor.map(({ code, sentence, advice, until }) => (
        <li key={code}>
          {sentence} {until === null ? advice : `Final from ${formatInstant(until, timeZone)} on.`}
        </li>
      ))}
      <li>Last tried {formatInstant(closing.checkedAt, timeZone)}; it is tried each quarter of an hour.</li>
    </ul>
  );
}

export const monthColumns = (timeZone: string): Column<StatementMonth>[] => [
  {
    key: "state",
    header: "State",
    align: "start",
    folded: { line: 2 },
    cell: ({ state, closed, closing }) => (
      <div className="max-w-md">
        {badges[state]}
        {closed?.despite && (
          <p className="mt-1 text-xs text-warn">Closed although its exports differed: “{closed.despite}”</p>
        )}
        {closing && <Waits closing={closing} timeZone={timeZone} />}
      </div>
    ),
  },
  {
    key: "amount",
    header: "Amount",
    about: "Cost and corrections of earlier months, rounded once",
    folded: { line: 1 },
    cell: ({ statement }) =>
      statement ? (
        <span>
          <Money usd={statement.amountUsd} />
          {statement.unpricedCalls > 0 && (
            <span className="block text-2xs text-warn">+ {plural(statement.unpricedCalls, "call")} unpriced</span>
          )}
        </span>
      ) : (
        "–"
      ),
  },
  {
    key: "revision",
    header: "Revision",
    about: "How often the month was closed",
    from: "md",
    cell: ({ statement, earlierRevisions }) => statement?.revision ?? (earlierRevisions > 0 ? `after ${String(earlierRevisions)}` : "–"),
  },
  {
    key: "hash",
    header: "Content hash",
    align: "start",
    from: "lg",
    cell: ({ statement }) => (statement ? <code className="text-xs">{shortHash(statement.contentHash)}</code> : "–"),
  },
  { key: "actions", header: <span className="sr-only">Actions</span>, folded: { line: 2 }, cell: (row) => <MonthActions row={row} /> },
]; // prettier-ignore
