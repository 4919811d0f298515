"use client";

import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { formatMonth } from "@/app/_format/dates";
import { formatCount, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { Delta } from "../delta";

export type DeltaRow = Outputs["repricing"]["show"]["preview"]["rows"][number];

const head = "px-3 py-2 font-medium first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";
const cell = "px-3 py-2 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";
const keyOf = (row: DeltaRow) => `${row.month} ${String(row.closed)} ${row.feature ?? ""}`;

function Feature({ name }: { name: string | null }) {
  return name === null ? <em className="text-ink-muted">unattributed</em> : <>{name}</>;
}

function Month({ row }: { row: DeltaRow }) {
  return (
    <span className="inline-flex items-center gap-2">
      {formatMonth(row.month)}
      {row.closed && (
        <Badge title="The month is closed: booked as a correction where it is found.">correction</Badge>
      )}
    </span>
  );
}

function Before({ row }: { row: DeltaRow }) {
  return row.newlyPriced === row.calls ? (
    <span className="text-warn">unpriced</span>
  ) : (
    <Money usd={row.beforeUsd} />
  );
}

/** What changes, by month and feature. */
export function DeltaTable({ rows }: { rows: readonly DeltaRow[] }) {
  return (
    <>
      <table className="figures hidden w-full text-sm md:table">
        <thead className="border-y text-left text-2xs text-ink-faint">
          <tr>
            {["Month", "Feature"].map((name) => (
              <th key={name} scope="col" className={head}>
                {name}
              </th>
            ))}
            {["Calls", "Before", "After", "Difference"].map((name) => (
              <th key={name} scope="col" className={`${head} text-right`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <td className={cell}>
                <Month row={row} />
              </td>
              <td className={cell}>
                <Feature name={row.feature} />
              </td>
              <td className={`${cell} text-right`}>{formatCount(row.calls)}</td>
              <td className={`${cell} text-right`}>
                <Before row={row} />
              </td>
              <td className={`${cell} text-right`}>
                <Money usd={row.afterUsd} />
              </td>
              <td className={`${cell} text-right`}>
                <Delta usd={row.deltaUsd} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="figures divide-y border-t text-sm md:hidden">
        {rows.map((row) => (
          <li key={keyOf(row)} className="flex items-start justify-between gap-3 px-4 py-2.5">
            <div className="min-w-0">
              <p className="truncate font-medium">
                <Feature name={row.feature} />
              </p>
              <p className="truncate text-xs text-ink-muted">
                <Month row={row} />
              </p>
            </div>
            <div className="shrink-0 text-right">
              <Delta usd={row.deltaUsd} />
              <p className="text-xs text-ink-muted">{plural(row.calls, "call")}</p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
