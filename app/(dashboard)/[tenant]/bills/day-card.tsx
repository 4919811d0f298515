"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Link } from "@/app/_components/ui/link";
import { Segmented } from "@/app/_components/ui/segmented";
import { formatDayLong } from "@/app/_format/dates";
import { compareUsd, formatDecimal, formatTotalChange, sumUsd } from "@/app/_format/money";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import type { ChosenBill } from "./choose-bill";
import { billHref, type BillLine, causeNames, causeSentences, classNames, isZero } from "./words";

function Why({ causes }: Pick<BillLine, "causes">) {
  if (causes.length === 0) return <>–</>;
  return (
    <ul className="space-y-1">
      {causes.map(({ cause, subject, usd }) => (
        <li key={`${cause} ${subject}`} className="max-w-md">
          <span className={cause === "unexplained" ? "text-warn" : undefined}>
            {causeNames[cause]} {formatTotalChange(usd)}
          </span>
          <span className="block text-xs text-ink-muted">
            {causeSentences[cause]}
            {subject !== "" && ` (${subject})`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Tokens({ quantities, side }: Pick<BillLine, "quantities"> & { side: "billed" | "ledger" }) {
  if (quantities === null) return <>–</>;
  const told = quantities.filter((one) => !isZero(one[side]));
  return (
    <span title={told.map((one) => `${one.service || "tokens"} ${formatDecimal(one[side])}`).join("\n")}>
      {formatDecimal(sumUsd(quantities.map((one) => one[side])))}
    </span>
  );
}

const columns: Column<BillLine>[] = [
  { key: "bill", header: "Billed", from: "sm", folded: { line: 2, before: "billed" }, cell: ({ billUsd }) => <Money usd={billUsd} unit /> },
  { key: "ledger", header: "Ledger", from: "sm", folded: { line: 2, before: "ledger" }, cell: ({ ledgerUsd }) => <Money usd={ledgerUsd} unit /> },
  { key: "billed-tokens", header: "Tokens billed", from: "lg", cell: ({ quantities }) => <Tokens quantities={quantities} side="billed" /> },
  { key: "ledger-tokens", header: "In the ledger", from: "lg", cell: ({ quantities }) => <Tokens quantities={quantities} side="ledger" /> },
  { key: "gap", header: "Difference", folded: { line: 1 }, cell: ({ gapUsd }) => <data value={gapUsd} title={`${gapUsd} USD`}>{isZero(gapUsd) ? "none" : formatTotalChange(gapUsd)}</data> },
  { key: "why", header: "Why", align: "start", from: "md", folded: { line: 2 }, cell: (line) => <Why causes={line.causes} /> },
]; // prettier-ignore

const size = (usd: string) => (usd.startsWith("-") ? usd.slice(1) : usd);

/** A day line by line: model and class of token, with the cause of each difference. */
export function DayCard({ bill, day }: { bill: ChosenBill; day: string }) {
  const { slug } = useTenant();
  const [shown, show] = useState<"differing" | "all">("differing");
  const matched = useQuery(useTRPC().bills.match.queryOptions(bill));
  const ofDay = matched.data?.lines.filter((line) => line.day === day);
  const rows = ofDay
    ?.filter(({ gapUsd }) => shown === "all" || !isZero(gapUsd))
    .sort((one, other) => compareUsd(size(other.gapUsd), size(one.gapUsd)));
  return (
    <Card id="day">
      <CardHeader title={formatDayLong(day)} hint="By model and class of token, the largest difference first.">
        <Segmented
          label="Lines"
          value={shown}
          onChange={show}
          options={[
            { value: "differing", label: "Differing" },
            { value: "all", label: "All" },
          ]}
        />
        <Link href={billHref(slug, bill)} className="text-xs text-ink-muted underline-offset-2 hover:underline">
          Close the day
        </Link>
      </CardHeader>
      {matched.isError ? (
        <Failure error={matched.error} onRetry={() => void matched.refetch()} />
      ) : (
        <ReportTable
          caption={`Lines of ${formatDayLong(day)}`}
          rows={rows}
          keyOf={({ model, tokenClass, gapUsd }) => `${model} ${tokenClass} ${gapUsd}`}
          name={{
            header: "Line",
            of: ({ model, tokenClass, causes }) => ({
              text: model === "" ? (causes[0]?.subject ?? "") || "Without a model" : model,
              isNameless: model === "",
              detail: classNames[tokenClass],
            }),
          }}
          columns={columns}
          empty={
            <EmptyState icon={CircleCheck} title="Every line agrees" className="py-8">
              Nothing of this day differs, to the last decimal.
            </EmptyState>
          }
        />
      )}
    </Card>
  );
} // prettier-ignore
