import { Money } from "@/app/_components/money";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { formatTotalChange } from "@/app/_format/money";
import { formatChange } from "@/app/_format/quantities";
import type { ReviewFigures } from "@/server/weekly-review/schemas";

type Grown = ReviewFigures["growth"]["teams"][number];

const columns: Column<Grown>[] = [
  { key: "cost", header: "Cost", folded: { line: 1 }, cell: ({ costUsd }) => <Money usd={costUsd} /> },
  {
    key: "before",
    header: "Week before",
    from: "sm",
    cell: ({ previousUsd }) => <Money usd={previousUsd} />,
  },
  {
    key: "change",
    header: "Change",
    folded: { line: 2 },
    cell: ({ changeUsd, changeRatio, isNew }) =>
      `${formatTotalChange(changeUsd)} (${isNew ? "new" : changeRatio === null ? "from nothing" : formatChange(Number(changeRatio))})`,
  },
];

interface GrownTableProps {
  rows: readonly Grown[];
  kind: "feature" | "team";
  hrefOf: (key: string) => string;
}

function GrownTable({ rows, kind, hrefOf }: GrownTableProps) {
  if (rows.length === 0)
    return <p className="px-4 py-3 text-sm text-ink-muted sm:px-5">No {kind} grew by an amount that matters.</p>;
  return (
    <ReportTable
      caption={`What grew by ${kind}, the fastest first`}
      rows={rows}
      keyOf={({ key }) => key ?? ""}
      name={{
        header: kind === "feature" ? "Feature" : "Team",
        of: ({ key }) => ({
          text: key ?? `Calls without a ${kind}`,
          ...(key === null ? { isNameless: true } : { href: hrefOf(key) }),
        }),
      }}
      columns={columns}
      empty={null}
    />
  );
} // prettier-ignore

interface GrowthStepProps {
  growth: ReviewFigures["growth"];
  hrefOf: (kind: "feature" | "team", key: string) => string;
}

export function GrowthStep({ growth, hrefOf }: GrowthStepProps) {
  return (
    <div className="grid gap-x-4 lg:grid-cols-2">
      <div className="min-w-0">
        <h3 className="px-4 pb-1 text-xs font-medium text-ink-muted sm:px-5">Features</h3>
        <GrownTable rows={growth.features} kind="feature" hrefOf={(key) => hrefOf("feature", key)} />
      </div>
      <div className="min-w-0">
        <h3 className="px-4 pb-1 text-xs font-medium text-ink-muted sm:px-5">Teams</h3>
        <GrownTable rows={growth.teams} kind="team" hrefOf={(key) => hrefOf("team", key)} />
      </div>
    </div>
  );
}
