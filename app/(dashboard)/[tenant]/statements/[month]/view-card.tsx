"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Segmented } from "@/app/_components/ui/segmented";
import { plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { type StatementInput, type StatementView, statementViews } from "@/server/statements/schemas";

type Row = Outputs["statements"]["view"]["rows"][number];

const columnsOf = (totalUsd: string | undefined): Column<Row>[] => [
  {
    key: "amount",
    header: "Amount",
    about: "Shared out by largest remainder: the column sums to the total",
    folded: { line: 1 },
    total: totalUsd !== undefined && <Money usd={totalUsd} />,
    cell: ({ amountUsd, unpricedCalls }) => (
      <span>
        <Money usd={amountUsd} />
        {unpricedCalls > 0 && (
          <span className="block text-2xs text-warn">+ {plural(unpricedCalls, "call")} unpriced</span>
        )}
      </span>
    ),
  },
  { key: "cost", header: "Cost", about: "Of the month's own calls, exact", from: "sm", cell: ({ costUsd }) => <Money usd={costUsd} /> },
  { key: "corrections", header: "Corrections", about: "Of earlier months", from: "sm", cell: ({ correctionsUsd }) => <Money usd={correctionsUsd} /> },
  { key: "calls", header: "Calls", folded: { line: 2, after: " calls" }, cell: ({ calls }) => calls.toLocaleString("en-US") },
]; // prettier-ignore

const headers = { account: "Account", team: "Team", feature: "Feature" } as const satisfies Record<
  StatementView,
  string
>;

const nameOf = (key: string, by: StatementView) =>
  key === "" ? { text: `Calls without ${by === "account" ? "an account" : `a ${by}`}`, isNameless: true } : { text: key }; // prettier-ignore

/** The statement by account, team or feature; a group of one of the first two by its features. */
export function ViewCard({ which }: { which: StatementInput }) {
  const [by, setBy] = useState<StatementView>("account");
  const [of, setOf] = useState<string | undefined>();
  const view = useQuery(
    useTRPC().statements.view.queryOptions(
      { ...which, by, ...(of !== undefined && { of }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const shown: StatementView = of === undefined ? by : "feature";
  const canOpen = of === undefined && by !== "feature";
  const title = of === undefined ? "Who it is for" : `${nameOf(of, by).text}, by feature`;
  return (
    <Card>
      <CardHeader title={title} hint="Amounts sum to the statement's, those of features to their account's or team's.">
        {of !== undefined && (
          <Button size="sm" onClick={() => setOf(undefined)}>
            Back to all {by}s
          </Button>
        )}
        <Segmented
          label="Group by"
          value={by}
          options={statementViews.map((value) => ({ value, label: `By ${value}` }))}
          onChange={(value) => {
            setBy(value);
            setOf(undefined);
          }}
        />
      </CardHeader>
      {view.isError ? (
        <Failure error={view.error} onRetry={() => void view.refetch()} />
      ) : (
        <ReportTable
          caption={`The statement by ${shown}, the dearest first`}
          rows={view.data?.rows}
          isStale={view.isPlaceholderData}
          keyOf={({ key }) => key}
          name={{
            header: headers[shown],
            of: ({ key }) => ({ ...nameOf(key, shown), ...(canOpen && { onOpen: () => setOf(key) }) }),
          }}
          columns={columnsOf(view.data?.totalUsd)}
          {...(view.data && { total: { label: "In all" } })}
          empty={<p className="border-t px-5 py-4 text-sm text-ink-muted">There was no call in this month.</p>}
        />
      )}
      {view.data?.rest && (
        <p className="border-t px-5 py-3 text-xs text-ink-muted">
          and {view.data.rest.groups.toLocaleString("en-US")} more for <Money usd={view.data.rest.amountUsd} />; the
          CSV has every line.
        </p>
      )}
    </Card>
  ); // prettier-ignore
}
