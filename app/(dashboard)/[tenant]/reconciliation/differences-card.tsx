"use client";

import { useState } from "react";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { formatInstant } from "@/app/_format/dates";
import { useMemberNames } from "../_components/names";
import { useRight, useTenant } from "../_components/tenant-context";
import { personName } from "../reviews/words";
import { AssignDialog } from "./assign-dialog";
import { differenceColumns, differenceName } from "./difference-columns";
import { SettleDialog } from "./settle-dialog";
import { useDifferenceChanges } from "./use-difference-changes";
import { causeName, type DifferenceRow, gapText, type GoneDifference, linkNameOfId } from "./words";

/** What somebody looked into, and is not there any more. */
function Gone({ gone }: { gone: readonly GoneDifference[] }) {
  const { timeZone } = useTenant();
  const names = useMemberNames();
  if (gone.length === 0) return null;
  return (
    <div className="border-t px-4 py-4 sm:px-5">
      <h3 className="text-xs font-medium text-ink-muted">Gone since somebody was named</h3>
      <ul className="mt-1.5 space-y-1 text-sm text-ink-muted">
        {gone.map(({ link, key, cause, amount, unit, ownerId, note, goneAt }) => (
          <li key={`${link} ${key}`} className="wrap-anywhere">
            <span className="text-ink">{causeName(cause)}</span> ({linkNameOfId(link)}
            {amount === null ? "" : `, ${gapText(amount, unit)}`}), {personName(names, ownerId)}
            {note === "" ? "" : `: “${note}”`}.{" "}
            {goneAt === null ? "It is not there any more." : `Gone when looked at ${formatInstant(goneAt, timeZone)}.`}
          </li>
        ))}
      </ul>
    </div>
  );
} // prettier-ignore

interface DifferencesCardProps {
  month: string;
  /** Undefined: still loading. */
  rows: readonly DifferenceRow[] | undefined;
  gone: readonly GoneDifference[];
}

/** Everything that differs, with its cause and who looks into it. */
export function DifferencesCard({ month, rows, gone }: DifferencesCardProps) {
  const { slug, timeZone } = useTenant();
  const names = useMemberNames();
  const mayWrite = useRight("periods:write");
  const maySeeBilling = useRight("billing:read");
  const { assign, settle, unsettle } = useDifferenceChanges();
  const [open, setOpen] = useState<{ what: "assign" | "settle"; row: DifferenceRow } | null>(null);
  const which = ({ link, key }: DifferenceRow) => ({ month, link: link.id, key });
  const changes = {
    onAssign: (row: DifferenceRow) => setOpen({ what: "assign", row }),
    onSettle: (row: DifferenceRow) => setOpen({ what: "settle", row }),
    onUnsettle: (row: DifferenceRow) => unsettle.mutate(which(row)),
  };
  return (
    <Card>
      <CardHeader
        title="Differences"
        hint={
          mayWrite
            ? "Each with its cause. Whoever is named stays with it until it is gone."
            : "Each with its cause. Owners and finance say who looks into it."
        }
      />
      <ReportTable
        caption="Differences of the month, with cause and owner"
        rows={rows}
        keyOf={({ link, key }) => `${link.id} ${key}`}
        name={differenceName(slug, maySeeBilling)}
        columns={differenceColumns({ names, timeZone, changes: mayWrite ? changes : null })}
        skeletonRows={2}
        empty={
          <p className="border-t px-4 py-4 text-sm text-ink-muted sm:px-5">Nothing differs that can be compared.</p>
        }
      />
      <Gone gone={gone} />
      {open?.what === "assign" && (
        <AssignDialog
          row={open.row}
          onClose={() => setOpen(null)}
          onSave={(said) => assign.mutate({ ...which(open.row), ...said })}
        />
      )}
      {open?.what === "settle" && (
        <SettleDialog
          row={open.row}
          onClose={() => setOpen(null)}
          onSettle={(note) => settle.mutate({ ...which(open.row), amount: open.row.amount, note })}
        />
      )}
    </Card>
  );
} // prettier-ignore
