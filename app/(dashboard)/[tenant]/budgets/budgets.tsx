"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Wallet } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { ReportTable } from "@/app/_components/tables/report-table";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { localDay } from "@/server/calendar/local-day";
import { CsvButton } from "../_export/csv-button";
import { useMemberNames } from "../_components/names";
import { PageHeader } from "../_components/page-header";
import { useRight, useTenant } from "../_components/tenant-context";
import { useNow } from "../_components/use-now";
import { WatermarkBadge } from "../_components/watermark-badge";
import { live } from "../_reports/live";
import { GateCard } from "./_gate/gate-card";
import { budgetColumns, nameColumn } from "./budget-columns";
import { BudgetDialogs, useBudgetDialogs } from "./budget-dialogs";
import { conclude } from "./conclude";

export type BudgetRow = Outputs["budgets"]["list"]["budgets"][number];

const pageRows = 100;

interface BudgetsProps {
  now: string;
  /** Where apps reach the deployment. */
  baseUrl: string;
}

export function Budgets({ now: initialNow, baseUrl }: BudgetsProps) {
  const now = useNow(initialNow);
  const { slug, timeZone } = useTenant();
  const mayWrite = useRight("budgets:write");
  const owners = useMemberNames();
  const dialogs = useBudgetDialogs();
  const [shown, setShown] = useState(pageRows);
  const trpc = useTRPC();
  const list = useQuery(trpc.budgets.list.queryOptions(undefined, live));
  const gate = useQuery(trpc.gate.balances.queryOptions(undefined, live));
  const budgets = list.data?.budgets;
  const balances = gate.data && new Map(gate.data.map((balance) => [balance.budgetId, balance]));
  const sentence = budgets && conclude(budgets, localDay(now, timeZone));
  const create = mayWrite && (
    <Button variant="primary" onClick={() => dialogs.open({ dialog: "new" })}>
      <Plus /> New budget
    </Button>
  );
  const actions = mayWrite ? dialogs.open : null;
  return (
    <>
      <PageHeader
        title="Budgets"
        hint={sentence === "" ? undefined : sentence}
        aside={list.data && <WatermarkBadge watermark={list.data.watermark} now={now} />}
      />
      <div className="space-y-4">
        <Card>
          <CardHeader
            title="What each may cost"
            hint="Of the running month or day in your time zone. Forecasts go by weekday; four of five lie within their bounds."
          >
            <div className="flex w-full items-center gap-3 empty:hidden sm:w-auto">
              {budgets !== undefined && budgets.length > 0 && (
                <CsvButton table="budgets" input={{}} of="budgets" />
              )}
              {create}
            </div>
          </CardHeader>
          {list.isError ? (
            <Failure error={list.error} onRetry={() => void list.refetch()} />
          ) : (
            <ReportTable
              caption="Budgets, the nearest to its amount first"
              rows={budgets?.slice(0, shown)}
              keyOf={({ budget }) => budget.id}
              name={nameColumn(slug, owners)}
              columns={budgetColumns(balances, actions)}
              paging={
                budgets && {
                  of: budgets.length,
                  nouns: ["budget", "budgets"],
                  onMore: () => setShown(shown + pageRows),
                }
              }
              empty={
                <EmptyState icon={Wallet} title="No budgets yet" action={create}>
                  A budget says what a team, a feature, a user or the whole organisation may cost in a month
                  or a day. You see how much of it is used and how the month will end, and are told at 70, 90
                  and 100 per cent.
                </EmptyState>
              }
            />
          )}
        </Card>
        <GateCard budgets={budgets} baseUrl={baseUrl} />
      </div>
      <BudgetDialogs {...dialogs} now={now} />
    </>
  );
}
