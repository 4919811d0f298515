import { Money } from "@/app/_components/money";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { formatMonth } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import type { StatementAnswer } from "../words";

type Line = StatementAnswer["correctionLines"][number];

const kinds = { late: "Late calls", price: "New price" } as const;

const columns: Column<Line>[] = [
  { key: "amount", header: "Correction", folded: { line: 1 }, cell: ({ costUsd }) => <Money usd={costUsd} /> },
  { key: "kind", header: "Kind", align: "start", folded: { line: 2 }, cell: ({ kind }) => kinds[kind] },
  { key: "calls", header: "Calls", about: "Late ones are new; of new prices, how many were priced anew", from: "sm", cell: ({ calls }) => calls.toLocaleString("en-US") },
  { key: "team", header: "Team", align: "start", from: "md", cell: ({ team }) => team || "–" },
  { key: "feature", header: "Feature", align: "start", from: "md", cell: ({ feature }) => feature || "–" },
  { key: "model", header: "Model", align: "start", from: "lg", cell: ({ model }) => model || "–" },
]; // prettier-ignore

/** What this statement corrects of earlier ones. */
export function CorrectionsCard({ answer: { corrections, correctionLines } }: { answer: StatementAnswer }) {
  const lines = corrections.reduce((count, { lines: some }) => count + some, 0);
  const more = lines - correctionLines.length;
  return (
    <Card>
      <CardHeader
        title="Corrections of earlier months"
        hint="Calls that came after their month was closed, and new prices of closed months."
      />
      {corrections.length > 0 && (
        <ul className="space-y-1 border-t px-4 py-3 text-sm sm:px-5">
          {corrections.map(({ kind, ofMonth, calls, costUsd }) => (
            <li key={`${kind} ${ofMonth}`}>
              {formatMonth(ofMonth)}: {kind === "late" ? plural(calls, "late call") : `new prices of ${plural(calls, "call")}`},{" "}
              <Money usd={costUsd} />
            </li>
          ))}
        </ul>
      )}
      <ReportTable
        caption="Corrections, the largest first"
        rows={correctionLines}
        keyOf={({ kind, ofMonth, accountId, team, feature, provider, model }) =>
          JSON.stringify([kind, ofMonth, accountId, team, feature, provider, model])
        }
        name={{
          header: "Account",
          of: ({ accountId, ofMonth }) => ({
            ...(accountId === "" ? { text: "Calls without an account", isNameless: true } : { text: accountId }),
            detail: `of ${formatMonth(ofMonth)}`,
          }),
        }}
        columns={columns}
        empty={
          <p className="border-t px-5 py-4 text-sm text-ink-muted">
            None: nothing came late to a closed month, and no closed month got a new price.
          </p>
        }
      />
      {more > 0 && (
        <p className="border-t px-5 py-3 text-xs text-ink-muted">and {plural(more, "smaller line")}; the CSV has all.</p>
      )}
    </Card>
  ); // prettier-ignore
}
