import { ChangeMark } from "@/app/_components/change-mark";
import { Figure } from "@/app/_components/figure";
import { prepareChange } from "@/app/_components/prepare-change";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { formatDayLong } from "@/app/_format/dates";
import type { ReviewFigures } from "@/server/weekly-review/schemas";
import { monthSentence } from "./conclude";

type Day = ReviewFigures["spend"]["days"][number];

const columns: Column<Day>[] = [
  { key: "cost", header: "Cost", folded: { line: 1 }, cell: ({ costUsd }) => <Figure kind="usd" value={costUsd} /> },
  { key: "before", header: "Week before", folded: { line: 2, after: "before" }, cell: ({ previousUsd }) => <Figure kind="usd" value={previousUsd} /> },
  {
    key: "change",
    header: "Change",
    folded: { line: 2 },
    cell: ({ costUsd, previousUsd }) => <ChangeMark change={prepareChange({ current: costUsd, previous: previousUsd })} />,
  },
]; // prettier-ignore

export function SpendStep({ spend }: { spend: ReviewFigures["spend"] }) {
  return (
    <>
      <ReportTable
        caption="Cost by day, beside the same day of the week before"
        rows={spend.days}
        keyOf={({ day }) => day}
        name={{ header: "Day", of: ({ day }) => ({ text: formatDayLong(day) }) }}
        columns={columns}
        empty={null}
      />
      <p className="px-4 pt-2 pb-3 text-sm text-ink-muted sm:px-5">{monthSentence(spend)}</p>
    </>
  );
}
