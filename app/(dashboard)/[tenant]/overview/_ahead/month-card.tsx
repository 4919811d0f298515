"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ChartCard } from "@/app/_components/charts/chart-card";
import { FanChart } from "@/app/_components/charts/fan-chart";
import { FanTable } from "@/app/_components/charts/fan-table";
import { prepareFan } from "@/app/_components/charts/prepare-fan";
import { ButtonLink } from "@/app/_components/ui/button";
import { Link } from "@/app/_components/ui/link";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import type { BudgetSubject } from "@/server/budgets/schemas";
import { useRight, useTenant } from "../../_components/tenant-context";
import { live } from "../../_reports/live";
import { fanLegend, fanNote } from "../../budgets/forecast/fan-words";
import { monthlyAmount } from "../../budgets/forecast/outlook";
import { forecastHref } from "../../budgets/search-params";
import { subjectName } from "../../budgets/words";
import { MonthFacts } from "./month-facts";

function NoBudget({ name }: { name: string }) {
  const { slug } = useTenant();
  const maySet = useRight("budgets:write");
  return (
    <>
      No budget says what {name} may cost in a month.{" "}
      <Link href={`/${slug}/budgets`} className="font-medium text-accent underline underline-offset-2">
        {maySet ? "Set one on Budgets" : "See the budgets"}
      </Link>
    </>
  );
}

function noteOf(answer: Outputs["budgets"]["forecast"], name: string): ReactNode {
  // How it would be at the present rate is told where the forecast leads.
  const known = fanNote({ ...answer, burnRate: null });
  if (monthlyAmount(answer) !== null) return known;
  return (
    <>
      {known} <NoBudget name={name} />
    </>
  );
}

/** What the running month has cost and how it will end, beside what it may cost. */
export function MonthCard({ subject }: { subject: BudgetSubject }) {
  const { slug } = useTenant();
  const asked = useQuery(useTRPC().budgets.forecast.queryOptions({ subject }, { refetchInterval: live.refetchInterval })); // prettier-ignore
  const answer = asked.data;
  const fan = answer && prepareFan({ ...answer, amountUsd: monthlyAmount(answer) });
  const name = subject.kind === "tenant" ? "the organisation" : subjectName(subject);
  const title = subject.kind === "tenant" ? "This month" : `This month, ${name}`;
  return (
    <ChartCard
      title={title}
      controls={
        <ButtonLink size="sm" variant="ghost" href={forecastHref(slug, subject)}>
          Forecast
        </ButtonLink>
      }
      legend={fan && fanLegend(fan)}
      chart={
        fan ? (
          <>
            <MonthFacts answer={answer} />
            <FanChart fan={fan} className="[&>div]:h-32" />
          </>
        ) : (
          // No skeleton: the screen is of use without it.
          <div role="status" aria-label="Loading" className="h-69" />
        )
      }
      table={fan && <FanTable fan={fan} caption={`${title}, day by day`} />}
      failure={asked.isError ? { error: asked.error, onRetry: () => void asked.refetch() } : null}
      note={answer && noteOf(answer, name)}
    />
  );
}
