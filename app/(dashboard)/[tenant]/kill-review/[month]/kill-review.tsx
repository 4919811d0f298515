"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Link } from "@/app/_components/ui/link";
import { formatInstant } from "@/app/_format/dates";
import { compareUsd, formatTotal, formatTotalChange } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { localDay } from "@/server/calendar/local-day";
import { addMonths } from "@/server/calendar/month";
import type { KillFigures, KillItem } from "@/server/kill-review/schemas";
import { CsvButton } from "../../_export/csv-button";
import { PageHeader } from "../../_components/page-header";
import { useRight, useTenant } from "../../_components/tenant-context";
import { callsHref } from "../../calls/search-params";
import { monthName } from "../words";
import { BottomFeature } from "./bottom-feature";
import { Decided } from "./decided";
import { DecisionDialog } from "./decision-dialog";
import { DecisionsCard } from "./decisions-card";
import { featureColumns, nameColumn } from "./feature-columns";
import KillReviewLoading from "./loading";
import { PrintButton } from "./print-button";
import { useDecisionChanges } from "./use-decision-changes";

type SinceThen = Outputs["killReview"]["read"]["sinceThen"];

/** "Since then: +$1.20, 34 calls." */
function sinceWords({ total, features }: SinceThen): string {
  const { costUsd, calls, unpricedCalls } = total;
  const isNothing =
    calls === 0 && unpricedCalls === 0 && compareUsd(costUsd, "0") === 0 && features.length === 0;
  if (isNothing) return "Since then: nothing has come to the month.";
  const where = features.length === 0 ? "" : ` (${features.map(({ feature }) => feature).join(", ")})`;
  const unpriced =
    unpricedCalls === 0
      ? ""
      : `, ${unpricedCalls > 0 ? "+" : "−"}${plural(Math.abs(unpricedCalls), "unpriced call")}`;
  return `Since then: ${formatTotalChange(costUsd)}, ${plural(calls, "call")}${unpriced}${where}. What is shown stays as it was.`;
}

/** What the month came to in all, in a sentence. */
export function monthWords(
  { costUsd, unpricedCalls, bottom, unattributed }: KillFigures,
  count: number,
): string {
  const lacks =
    unpricedCalls > 0
      ? ` ${plural(unpricedCalls, "call")} without a price ${unpricedCalls === 1 ? "is" : "are"} in no cost.`
      : "";
  const without =
    unattributed.calls > 0
      ? ` ${plural(unattributed.calls, "call")} (${formatTotal(unattributed.costUsd)}) carried no feature, and can be decided about by nobody.`
      : "";
  return `${plural(bottom.features, "feature")} of ${String(count)}, ${formatTotal(bottom.costUsd)} of ${formatTotal(costUsd)}.${without}${lacks}`;
}

export const callsOf = (slug: string, month: string, feature: string) =>
  callsHref(slug, {
    from: month,
    to: addMonths(month, 1),
    parts: [{ tag: "feature", operator: "is", value: feature }],
    order: "dearest",
  });

/** A month's kill review: frozen evidence, what was decided, and what earlier decisions saved. */
export function KillReview({ month }: { month: string }) {
  const { slug, timeZone } = useTenant();
  const mayWrite = useRight("reviews:write");
  const changes = useDecisionChanges(month);
  const answer = useQuery(useTRPC().killReview.read.queryOptions({ month }));
  const [open, setOpen] = useState<KillItem | null>(null);
  if (answer.isError) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <KillReviewLoading />;
  const { figures, items, decisions, sinceThen, takenAt } = answer.data;
  const bottom = items.filter(({ isBottom }) => isBottom);
  const known = (feature: string) => decisions.find((one) => one.feature === feature) ?? null;
  const decided = (item: KillItem) => {
    const decision = known(item.feature);
    return (
      <Decided
        feature={item.feature}
        decision={decision}
        onDecide={mayWrite ? () => setOpen(item) : null}
        onWithdraw={
          mayWrite && decision?.month === month
            ? () => changes.withdraw(item.feature, "Withdrawn on the review")
            : null
        }
      />
    );
  };
  return (
    <>
      <Link
        href={`/${slug}/kill-review`}
        className="mb-2 inline-block text-sm text-ink-muted hover:text-ink print:hidden"
      >
        All kill reviews
      </Link>
      <PageHeader
        title={`Kill review of ${monthName(month)}`}
        hint={`Figures as of ${formatInstant(takenAt, answer.data.timeZone)} (${answer.data.timeZone}); they stay as they were.`}
      >
        <span className="flex gap-2 print:hidden">
          <CsvButton table="killReview" input={{ month }} of="the review" />
          <PrintButton />
        </span>
      </PageHeader>
      <div className="space-y-5">
        <Callout>{sinceWords(sinceThen)}</Callout>
        <Card>
          <CardHeader title="Used least" hint={monthWords(figures, items.length)} />
          {bottom.length === 0 && (
            <p className="border-t px-4 py-4 text-sm text-ink-muted sm:px-5">
              No feature is among the hardly used ones: with fewer than four, only what is not used at all is
              named.
            </p>
          )}
          {bottom.map((item) => (
            <BottomFeature key={item.feature} item={item} href={callsOf(slug, month, item.feature)}>
              {decided(item)}
            </BottomFeature>
          ))}
        </Card>
        <DecisionsCard decisions={figures.decisions} />
        <Card>
          <CardHeader
            title="All features"
            hint={
              mayWrite
                ? "The least used first. Press one to decide about it, whatever its rank."
                : "The least used first."
            }
          />
          <ReportTable
            caption="Features by uses, the least used first"
            rows={items}
            keyOf={({ feature }) => feature}
            name={nameColumn(mayWrite ? setOpen : null)}
            columns={featureColumns}
            empty={
              <p className="border-t px-4 py-4 text-sm text-ink-muted sm:px-5">No call carried a feature.</p>
            }
          />
        </Card>
      </div>
      {open && (
        <DecisionDialog
          key={open.feature}
          month={month}
          item={open}
          known={known(open.feature)}
          others={items.map(({ feature }) => feature).filter((feature) => feature !== open.feature)}
          today={localDay(new Date(), timeZone)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
