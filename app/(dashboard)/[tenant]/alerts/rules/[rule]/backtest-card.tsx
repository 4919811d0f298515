"use client";

import { History } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Progress } from "@/app/_components/ui/progress";
import { mostBacktestDays, type ParamValues } from "@/server/alerts/schemas";
import type { IncidentSubject, RuleId } from "@/server/incidents/schemas";
import { BacktestResult } from "./backtest-result";
import { useBacktest } from "./use-backtest";

interface BacktestCardProps {
  rule: RuleId;
  subject: IncidentSubject | null;
  /** As saved, all of them. */
  savedParams: ParamValues;
  /** The draft's; null: a field holds what is no value of it. */
  params: ParamValues | null;
  /** Whether they are others than those saved. */
  isDraft: boolean;
  noBacktest: string | null;
  now: Date;
}

/** What the draft would have told over the last days beside the rule as it is saved. */
export function BacktestCard(props: BacktestCardProps) {
  const { rule, subject, savedParams, params, isDraft, noBacktest, now } = props;
  const { ask, isAsked, isLoading, isOfThese, failure, saved, draft, spent } = useBacktest({
    rule,
    subject,
    saved: savedParams,
    params,
    now,
  });
  const days = String(mostBacktestDays);
  if (noBacktest !== null) {
    return (
      <Card>
        <CardHeader title="What it would have told" hint={noBacktest} />
      </Card>
    );
  }
  return (
    <Card>
      <CardHeader
        title="What it would have told"
        hint={`Over the last ${days} days, by the same rule and the figures as they are known now, had nobody done anything about it.`}
      >
        <Button disabled={ask === null || isLoading} onClick={() => ask?.()}>
          <History /> {isDraft ? "Try the draft" : `Try it over ${days} days`}
        </Button>
      </CardHeader>
      {failure ? (
        <Failure error={failure.error} onRetry={failure.onRetry} />
      ) : isLoading || !saved || !draft || !spent ? (
        isAsked && (
          <div role="status" className="space-y-2 border-t px-4 py-6 text-sm text-ink-muted sm:px-5">
            <p>Looking at {days} days hour by hour, as saved and as drafted. This takes some seconds.</p>
            <Progress fraction={null} label={`Looking at ${days} days`} />
          </div>
        )
      ) : (
        <>
          {!isOfThese && (
            <Callout tone="warn" className="mx-4 mb-3 sm:mx-5">
              The draft has changed since: try it again.
            </Callout>
          )}
          <BacktestResult saved={saved} draft={draft} spent={spent} subject={subject} />
        </>
      )}
    </Card>
  );
}
