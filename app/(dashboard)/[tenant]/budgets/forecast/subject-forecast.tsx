"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { ChartCard } from "@/app/_components/charts/chart-card";
import { FanChart } from "@/app/_components/charts/fan-chart";
import { FanTable } from "@/app/_components/charts/fan-table";
import { prepareFan } from "@/app/_components/charts/prepare-fan";
import { Badge } from "@/app/_components/ui/badge";
import { Link } from "@/app/_components/ui/link";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import type { BudgetSubject } from "@/server/budgets/schemas";
import { PageHeader } from "../../_components/page-header";
import { useTenant } from "../../_components/tenant-context";
import { useNow } from "../../_components/use-now";
import { WatermarkBadge } from "../../_components/watermark-badge";
import { BudgetDialogs, useBudgetDialogs } from "../budget-dialogs";
import { kindLabels, periodName, subjectName } from "../words";
import { fanLegend, fanNote } from "./fan-words";
import { HistoryCard } from "./history-card";
import { monthlyAmount, outlook } from "./outlook";
import { PastErrorsCard } from "./past-errors-card";
import { SubjectActions } from "./subject-actions";

export type ForecastAnswer = Outputs["budgets"]["forecast"];

export function SubjectForecast({ subject, now: initialNow }: { subject: BudgetSubject; now: string }) {
  const now = useNow(initialNow);
  const { slug } = useTenant();
  const dialogs = useBudgetDialogs();
  const asked = useQuery(useTRPC().budgets.forecast.queryOptions({ subject }));
  const answer = asked.data;
  const fan = answer && prepareFan({ ...answer, amountUsd: monthlyAmount(answer) });
  const title = answer ? `Spend and forecast, ${periodName(answer.period)}` : "Spend and forecast";
  return (
    <>
      <Link
        href={`/${slug}/budgets`}
        className="mb-2 inline-flex items-center gap-1.5 text-xs text-ink-muted underline underline-offset-2 hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-3.5" /> All budgets
      </Link>
      <PageHeader
        title={subjectName(subject)}
        hint={answer && outlook(answer)}
        aside={
          <>
            {subject.kind !== "tenant" && <Badge>{kindLabels[subject.kind]}</Badge>}
            {answer && <WatermarkBadge watermark={answer.watermark} now={now} />}
          </>
        }
      >
        {answer && <SubjectActions subject={subject} budgets={answer.budgets} open={dialogs.open} />}
      </PageHeader>
      <div className="space-y-4">
        <ChartCard
          title={title}
          hint="Added up from the first day. A forecast goes by weekday, and what is left of today by its usual hours."
          legend={fan ? fanLegend(fan) : []}
          chart={fan && <FanChart fan={fan} />}
          table={fan && <FanTable fan={fan} caption={`${title}, day by day`} />}
          failure={asked.isError ? { error: asked.error, onRetry: () => void asked.refetch() } : null}
          note={answer && fanNote(answer)}
        />
        {answer && answer.pastErrors.length > 0 && <PastErrorsCard errors={answer.pastErrors} />}
        {answer?.budgets.map(({ id, period }) => (
          <HistoryCard key={id} id={id} period={period} />
        ))}
      </div>
      <BudgetDialogs {...dialogs} now={now} />
    </>
  );
}
