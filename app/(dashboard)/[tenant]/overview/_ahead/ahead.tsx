"use client";

import { useRight } from "../../_components/tenant-context";
import { useScope } from "../../_scope/use-scope";
import { IncidentsCard } from "./incidents-card";
import { MonthCard } from "./month-card";
import { subjectOfParts } from "./subject-of-parts";

/** What wants attention: how the month will end, and what is out of the ordinary. */
export function Ahead() {
  const { scope } = useScope();
  const maySeeBudgets = useRight("budgets:read");
  const maySeeAlerts = useRight("alerts:read");
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {maySeeBudgets && <MonthCard subject={subjectOfParts(scope.parts)} />}
      {maySeeAlerts && <IncidentsCard />}
    </div>
  );
}
