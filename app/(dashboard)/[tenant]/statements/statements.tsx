"use client";

import { useQuery } from "@tanstack/react-query";
import { FileLock2 } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { useTRPC } from "@/app/_trpc/client";
import { useMemberNames } from "../_components/names";
import { PageHeader } from "../_components/page-header";
import { useTenant } from "../_components/tenant-context";
import { monthColumns, monthName } from "./month-columns";

/** Every month and how far it is on its way to a statement. */
export function Statements() {
  const { slug, timeZone } = useTenant();
  const names = useMemberNames();
  const months = useQuery(useTRPC().statements.months.queryOptions());
  return (
    <>
      <PageHeader
        title="Statements"
        hint="A month that is closed is frozen: what it came to is written down line by line, and what turns out later corrects a later month."
      />
      <Card>
        <CardHeader title="Months" hint={`Local months (${timeZone}), the newest first.`} />
        {months.isError ? (
          <Failure error={months.error} onRetry={() => void months.refetch()} />
        ) : (
          <ReportTable
            caption="Months, the newest first"
            rows={months.data}
            keyOf={({ month }) => month}
            name={monthName(slug, timeZone, names)}
            columns={monthColumns(timeZone)}
            empty={
              <EmptyState icon={FileLock2} title="No month yet">
                The first one can be closed when the month of your first call is over.
              </EmptyState>
            }
          />
        )}
      </Card>
    </>
  );
}
