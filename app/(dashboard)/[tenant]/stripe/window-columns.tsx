import type { Column, NameColumn } from "@/app/_components/tables/column";
import { Badge } from "@/app/_components/ui/badge";
import { formatAgo, formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { Amount } from "./amount";
import { type Shown, stateWords, type WindowRow } from "./words";

export const windowName = (onOpen: (id: string) => void): NameColumn<WindowRow> => ({
  header: "Account",
  of: ({ id, accountId, customerId }) => ({
    text: accountId,
    detail: customerId,
    onOpen: () => onOpen(id),
  }),
});

interface ColumnsOf {
  meters: Shown["meters"];
  timeZone: string;
  now: Date;
}

export function windowColumns({ meters, timeZone, now }: ColumnsOf): Column<WindowRow>[] {
  const meterOf = ({ meterId }: WindowRow) => meters.find(({ id }) => id === meterId);
  const amount = (row: WindowRow, value: string) => {
    const meter = meterOf(row);
    return meter ? <Amount measure={meter.measure} value={value} /> : value;
  };
  return [
    {
      key: "hour",
      header: "Hour",
      align: "start",
      folded: { line: 2 },
      cell: ({ windowStart }) => (
        <span title={formatInstantExactly(windowStart, timeZone)}>{formatInstant(windowStart, timeZone, now)}</span>
      ),
    },
    {
      key: "meter",
      header: "Meter",
      align: "start",
      from: "md",
      folded: { line: 2 },
      cell: (row) => meterOf(row)?.eventName ?? "–",
    },
    {
      key: "total",
      header: "Ledger",
      about: "What the hour holds, as it was last planned",
      folded: { line: 1 },
      cell: (row) => amount(row, row.total),
    },
    {
      key: "delivered",
      header: "Delivered",
      about: "What of it Stripe accepted",
      from: "sm",
      cell: (row) => amount(row, row.delivered),
    },
    {
      key: "revisions",
      header: "Revisions",
      about: "The first, and a signed correction for each change since",
      from: "lg",
      cell: ({ revisions }) => revisions,
    },
    {
      key: "tried",
      header: "Last try",
      align: "start",
      from: "lg",
      cell: ({ triedAt }) => (triedAt === null ? "–" : formatAgo(triedAt, now, timeZone)),
    },
    {
      key: "state",
      header: "State",
      align: "start",
      folded: { line: 2 },
      cell: ({ state, failure }) => (
        <Badge tone={stateWords[state].tone} title={failure ?? stateWords[state].about}>
          {stateWords[state].label}
        </Badge>
      ),
    },
  ];
} // prettier-ignore
