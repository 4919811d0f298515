import { Money } from "@/app/_components/money";
import type { Column, NameColumn } from "@/app/_components/tables/column";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { type GateBalance, GateCell } from "./_gate/gate-cell";
import type { OpenBudgetDialog } from "./budget-dialogs";
import type { BudgetRow } from "./budgets";
import { ErrorCell, ForecastCell, GapCell } from "./forecast-cell";
import { forecastHref } from "./search-params";
import { UsedCell } from "./used-cell";
import { kindLabels, periodWords, subjectName } from "./words";

/** Whom a budget is for and who answers for it; it leads to the forecast. */
export const nameColumn = (slug: string, owners: ReadonlyMap<string, string>): NameColumn<BudgetRow> => ({
  header: "Budget of",
  of: ({ budget }) => ({
    text: subjectName(budget.subject),
    href: forecastHref(slug, budget.subject),
    badge: budget.period === "day" && <Badge>daily</Badge>,
    detail: [
      kindLabels[budget.subject.kind],
      budget.ownerId !== null && (owners.get(budget.ownerId) ?? "owner has left"),
    ]
      .filter((part) => part !== false)
      .join(" · "),
  }),
});

/**
 * @param balances of the gate, by the budget's id; undefined: not known yet
 * @param open null: this member changes none
 */
export function budgetColumns(
  balances: ReadonlyMap<string, GateBalance> | undefined,
  open: OpenBudgetDialog | null,
): Column<BudgetRow>[] {
  const columns: Column<BudgetRow>[] = [
    {
      key: "amount",
      header: "Amount",
      folded: { line: 1 },
      cell: ({ budget }) => (
        <span>
          <Money usd={budget.amountUsd} />
          <span className="sr-only"> {periodWords[budget.period]}</span>
        </span>
      ),
    },
    {
      key: "used",
      header: "Used",
      about: "So far; the marks are where somebody is told",
      folded: { line: 2 },
      width: "w-44",
      cell: (row) => <UsedCell {...row} />,
    },
    {
      key: "forecast",
      header: "Forecast",
      about: "By the end of the month, or of the day",
      folded: { line: 2, before: "forecast" },
      cell: ({ forecast, reason }) => <ForecastCell forecast={forecast} reason={reason} />,
    },
    {
      key: "gap",
      header: "Gap",
      about: "Forecast less amount, and the day on which the amount is passed",
      from: "md",
      folded: { line: 2 },
      cell: ({ gapUsd, passedOn }) => <GapCell gapUsd={gapUsd} passedOn={passedOn} />,
    },
    {
      key: "gate",
      header: "Reserved / settled",
      about: "By apps that ask the gate: what calls under way may cost, and what finished ones did",
      from: "lg",
      cell: ({ budget: { id, enforcement } }) => (
        <GateCell enforcement={enforcement} balance={balances && (balances.get(id) ?? null)} />
      ),
    },
    {
      key: "error",
      header: "Past error",
      about: "How far forecasts two weeks ahead were off, on average",
      from: "xl",
      cell: ({ pastError }) => <ErrorCell pastError={pastError} />,
    },
  ];
  if (!open) return columns;
  return [
    ...columns,
    {
      key: "change",
      header: <span className="sr-only">Change or end</span>,
      from: "sm",
      cell: ({ budget }) => (
        <span className="-mr-2 inline-flex gap-1">
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Change the budget of ${subjectName(budget.subject)} ${periodWords[budget.period]}`}
            onClick={() => open({ dialog: "change", budget })}
          >
            Change
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-label={`End the budget of ${subjectName(budget.subject)} ${periodWords[budget.period]}`}
            onClick={() => open({ dialog: "end", budget })}
          >
            End
          </Button>
        </span>
      ),
    },
  ];
}
