"use client";

import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { formatTotal } from "@/app/_format/money";
import { changeColumns } from "./change-columns";
import { worstChange } from "./conclude";
import type { PromptVersion, ReportProps } from "./report";
import { changeWords } from "./version-words";

type Changed = PromptVersion & { change: NonNullable<PromptVersion["change"]> };

const columns = [
  changeColumns.extraInRange,
  changeColumns.change,
  changeColumns.sides,
  changeColumns.extra,
  changeColumns.since,
];

/** Before and after each change of version; nothing where there was none. */
export function VersionChangesCard({ report, isStale }: ReportProps) {
  const changed = report?.versions.flatMap((one): Changed[] =>
    one.change ? [{ ...one, change: one.change }] : [],
  );
  if (!changed || changed.length === 0) return null;
  const worst = worstChange(changed);
  return (
    <Card>
      <CardHeader
        title="Before and after"
        hint={
          worst
            ? `${changeWords(worst.version, worst.change)}: ${formatTotal(worst.change.extraInRangeUsd ?? "0")} more in this range than the version before would have cost.`
            : "No change of version made calls cost notably more in this range."
        }
      />
      <ReportTable<Changed>
        caption="Changes of version, the newest first"
        rows={changed}
        keyOf={({ version }) => version ?? ""}
        name={{ header: "Change", of: ({ version, change }) => ({ text: changeWords(version, change) }) }}
        columns={columns}
        isStale={isStale}
        empty={null}
      />
    </Card>
  );
}
