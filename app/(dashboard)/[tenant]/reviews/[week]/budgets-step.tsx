import { Money } from "@/app/_components/money";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { formatDay } from "@/app/_format/dates";
import { formatShare, plural } from "@/app/_format/quantities";
import type { ReviewFigures } from "@/server/weekly-review/schemas";
import { forecastHref } from "../../budgets/search-params";
import { kindLabels, subjectName } from "../../budgets/words";

type Near = ReviewFigures["budgets"]["list"][number];

const columns: Column<Near>[] = [
  {
    key: "amount",
    header: "Amount",
    folded: { line: 1 },
    cell: ({ amountUsd }) => <Money usd={amountUsd} />,
  },
  {
    key: "used",
    header: "Used",
    folded: { line: 2, after: "used" },
    cell: ({ usedUsd, usedShare, unpricedCalls }) => (
      <span>
        <Money usd={usedUsd} /> ({formatShare(Number(usedShare))})
        {unpricedCalls > 0 && (
          <span className="block text-2xs text-warn">+ {plural(unpricedCalls, "call")} unpriced</span>
        )}
      </span>
    ),
  },
  {
    key: "forecast",
    header: "Forecast",
    from: "sm",
    cell: ({ forecastUsd }) => (forecastUsd === null ? "–" : <Money usd={forecastUsd} />),
  },
  {
    key: "passed",
    header: "Passed on",
    about: "The day on which the amount is passed, if it goes on as expected",
    from: "md",
    cell: ({ passedOn }) => (passedOn === null ? "–" : formatDay(passedOn)),
  },
];

/** Reviews keep no names of people: theirs are on the budgets' own screen. */
export function BudgetsStep({
  budgets: { list },
  slug,
}: {
  budgets: ReviewFigures["budgets"];
  slug: string;
}) {
  if (list.length === 0) return null;
  return (
    <ReportTable
      caption="Budgets near their limit, the nearest first"
      rows={list}
      keyOf={({ id }) => id}
      name={{
        header: "Budget of",
        of: ({ subjectKind: kind, subjectKey: key }) =>
          key === null
            ? { text: `A ${kind}`, href: `/${slug}/budgets`, detail: kindLabels[kind] }
            : {
                text: subjectName({ kind, key }),
                href: forecastHref(slug, { kind, key }),
                detail: kindLabels[kind],
              },
      }}
      columns={columns}
      empty={null}
    />
  );
}
