"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useNow } from "../../_components/use-now";
import { AlertsHeader } from "../alerts-header";
import { RuleRow } from "./rule-row";
import { useRuleChanges } from "./use-rule-changes";

export type ListedRule = Outputs["alerts"]["rules"]["rules"][number];

/** "14 rules are on, 2 are off; 3 exceptions." */
function conclude(rules: readonly ListedRule[]): string {
  const on = rules.filter(({ enabled }) => enabled).length;
  const exceptions = rules.reduce((sum, { overrides }) => sum + overrides.length, 0);
  const off = rules.length - on;
  const rest = [off > 0 && `${String(off)} off`, exceptions > 0 && plural(exceptions, "exception")].filter(
    (part) => part !== false,
  );
  return [`${plural(on, "rule")} on`, ...rest].join(", ") + ".";
}

export function Rules({ now: initialNow }: { now: string }) {
  const now = useNow(initialNow);
  const changes = useRuleChanges();
  const list = useQuery(useTRPC().alerts.rules.queryOptions());
  return (
    <>
      <AlertsHeader hint={list.data && conclude(list.data.rules)} />
      <Card>
        <CardHeader
          title="What is watched"
          hint="Sentences are of the rules as delivered; what is set stands beneath. Open a rule to try other values over the last 90 days before you save them."
        />
        {list.isError ? (
          <Failure error={list.error} onRetry={() => void list.refetch()} />
        ) : list.data === undefined ? (
          <SkeletonRows rows={10} />
        ) : (
          <ul className="divide-y border-t">
            {list.data.rules.map((rule) => (
              <RuleRow key={rule.rule} rule={rule} changes={changes} now={now} />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
