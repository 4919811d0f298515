"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useQueryState } from "nuqs";
import { ButtonLink } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Card } from "@/app/_components/ui/card";
import { Segmented } from "@/app/_components/ui/segmented";
import { useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../_components/page-header";
import { useTenant } from "../_components/tenant-context";
import { useNow } from "../_components/use-now";
import { WatermarkBadge } from "../_components/watermark-badge";
import { rangeOptions } from "../_ranges/range";
import { BreakdownCard } from "./breakdown-card";
import { DailySpendCard } from "./daily-spend-card";
import { PeriodTile } from "./period-tile";
import { breakdowns, overviewQuestions } from "./questions";
import { overviewParams } from "./search-params";
import { UnpricedCallout } from "./unpriced-callout";

export function Overview({ now: initialNow }: { now: string }) {
  const tenant = useTenant();
  const trpc = useTRPC();
  const now = useNow(initialNow);
  const [range, setRange] = useQueryState("range", overviewParams.range);
  const questions = overviewQuestions(range, now, tenant.timeZone);
  const live = { refetchInterval: 60_000, placeholderData: keepPreviousData } as const;
  const total = useQuery(trpc.reports.spend.queryOptions(questions.total, live));
  const status = useQuery(trpc.onboarding.status.queryOptions(undefined, { refetchInterval: 60_000 }));

  if (status.data?.firstCallAt === null) {
    return (
      <>
        <PageHeader title="Overview" />
        <Card>
          <EmptyState
            icon={Rocket}
            title="No calls yet"
            action={
              <ButtonLink variant="primary" href={`/${tenant.slug}/get-started`}>
                Send the first call
              </ButtonLink>
            }
          >
            Your spend appears here within a minute of the first call. It takes one request, in any language.
          </EmptyState>
        </Card>
      </>
    );
  }

  return (
    <>
      <PageHeader
        title="Overview"
        aside={total.data && <WatermarkBadge watermark={total.data.watermark} now={now} />}
      >
        <Segmented
          label="Range"
          value={range}
          options={rangeOptions}
          onChange={(value) => void setRange(value)}
        />
      </PageHeader>
      <div className="space-y-4">
        <div className="grid gap-4 md:grid-cols-2">
          {questions.periods.map((period) => (
            <PeriodTile key={period.count} {...period} />
          ))}
        </div>
        <DailySpendCard questions={questions} range={range} />
        {total.data && <UnpricedCallout total={total.data.total} question={questions.models} />}
        <div className="grid gap-4 xl:grid-cols-2">
          {breakdowns.map((breakdown) => (
            <BreakdownCard
              key={breakdown.groupBy}
              breakdown={breakdown}
              question={questions.breakdown(breakdown.groupBy)}
            />
          ))}
        </div>
      </div>
    </>
  );
}
