import { Money } from "@/app/_components/money";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Badge } from "@/app/_components/ui/badge";
import { formatInstant } from "@/app/_format/dates";
import { formatMultiple } from "@/app/_format/quantities";
import type { ReviewFigures } from "@/server/weekly-review/schemas";

type Call = ReviewFigures["calls"][number];

const columns: Column<Call>[] = [
  { key: "cost", header: "Cost", folded: { line: 1 }, cell: ({ costUsd }) => <Money usd={costUsd} unit /> },
  {
    key: "ratio",
    header: "× median",
    about: "Times the median of its feature in the week",
    folded: { line: 2, after: "the median" },
    cell: ({ ratio, isOutlier }) =>
      ratio === null ? "–" : isOutlier ? <Badge tone="warn">{formatMultiple(Number(ratio))}</Badge> : formatMultiple(Number(ratio)),
  },
]; // prettier-ignore

interface CallsStepProps {
  calls: readonly Call[];
  slug: string;
  timeZone: string;
}

export function CallsStep({ calls, slug, timeZone }: CallsStepProps) {
  if (calls.length === 0) return null;
  return (
    <ReportTable
      caption="The dearest calls of the week"
      rows={calls}
      keyOf={({ id }) => id}
      name={{
        header: "Call",
        of: ({ id, model, feature, occurredAt }) => ({
          text: feature ?? "No feature",
          isNameless: feature === null,
          href: `/${slug}/calls?call=${encodeURIComponent(id)}`,
          detail: `${model} · ${formatInstant(occurredAt, timeZone)}`,
        }),
      }}
      columns={columns}
      empty={null}
    />
  );
}
