"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Link } from "@/app/_components/ui/link";
import { Progress } from "@/app/_components/ui/progress";
import { formatInstant } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import { addDays } from "@/server/calendar/local-day";
import { type ReviewFigures, type ReviewStep, reviewSteps } from "@/server/weekly-review/schemas";
import { useMemberNames } from "../../_components/names";
import { PageHeader } from "../../_components/page-header";
import { useRight, useTenant } from "../../_components/tenant-context";
import { callsHref } from "../../calls/search-params";
import { personName, weekName } from "../words";
import { BudgetsStep } from "./budgets-step";
import { CallsStep } from "./calls-step";
import { conclude } from "./conclude";
import { GapsStep } from "./gaps-step";
import { GrowthStep } from "./growth-step";
import { IncidentsStep } from "./incidents-step";
import ReviewLoading from "./loading";
import { SpendStep } from "./spend-step";
import { StepCard } from "./step-card";
import { useReviewChanges } from "./use-review-changes";

interface Shown {
  figures: ReviewFigures;
  slug: string;
  timeZone: string;
  hrefOf: (kind: "feature" | "team", key: string) => string;
}

const parts: Record<ReviewStep, (shown: Shown) => ReactNode> = {
  spend: ({ figures }) => <SpendStep spend={figures.spend} />,
  growth: ({ figures, hrefOf }) => <GrowthStep growth={figures.growth} hrefOf={hrefOf} />,
  calls: ({ figures, ...rest }) => <CallsStep calls={figures.calls} {...rest} />,
  incidents: ({ figures, ...rest }) => <IncidentsStep incidents={figures.incidents} {...rest} />,
  budgets: ({ figures, slug }) => <BudgetsStep budgets={figures.budgets} slug={slug} />,
  gaps: ({ figures, ...rest }) => <GapsStep gaps={figures.gaps} {...rest} />,
};

/** A week's review, part by part, with its frozen figures. */
export function Review({ week }: { week: string }) {
  const { slug } = useTenant();
  const names = useMemberNames();
  const mayWrite = useRight("reviews:write");
  const changes = useReviewChanges(week);
  const answer = useQuery(useTRPC().reviews.read.queryOptions({ week }));
  if (answer.isError) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <ReviewLoading />;
  const { review, ticked } = answer.data;
  const { figures, timeZone, doneAt } = review;
  const isDone = doneAt !== null;
  const isAll = ticked.length === reviewSteps.length;
  const hrefOf = (kind: "feature" | "team", key: string) =>
    callsHref(slug, {
      from: week,
      to: addDays(week, 7),
      parts: [{ tag: kind, operator: "is", value: key }],
      order: "dearest",
    });
  return (
    <>
      <Link href={`/${slug}/reviews`} className="mb-2 inline-block text-sm text-ink-muted hover:text-ink">
        All weekly reviews
      </Link>
      <PageHeader
        title={`Week of ${weekName(week)}`}
        aside={isDone ? <Badge tone="good">done</Badge> : <Badge>{`${String(ticked.length)} of ${String(reviewSteps.length)} ticked`}</Badge>}
        hint={`Figures as of ${formatInstant(review.takenAt, timeZone)} (${timeZone}); they stay as they were. For ${personName(names, review.ownerId)}.`}
      >
        {mayWrite &&
          (isDone ? (
            <Button disabled={changes.isBusy} onClick={changes.reopen}>
              Open it again
            </Button>
          ) : (
            <Button variant="primary" disabled={changes.isBusy || !isAll} onClick={changes.finish}>
              Done
            </Button>
          ))}
      </PageHeader>
      <div className="space-y-5">
        {isDone ? (
          <Callout>
            Walked through by {personName(names, review.doneBy)}, {formatInstant(doneAt, timeZone)}.
          </Callout>
        ) : (
          <Progress fraction={ticked.length / reviewSteps.length} label="How much is ticked" />
        )}
        {reviewSteps.map((step, at) => {
          const own = ticked.find((one) => one.step === step);
          return (
            <StepCard
              key={step}
              step={step}
              place={at + 1}
              sentence={conclude(step, figures, timeZone)}
              ticked={own}
              tickedBy={personName(names, own?.tickedBy ?? null)}
              timeZone={timeZone}
              changes={mayWrite && !isDone ? changes : null}
            >
              {parts[step]({ figures, slug, timeZone, hrefOf })}
            </StepCard>
          );
        })}
      </div>
    </>
  ); // prettier-ignore
}
