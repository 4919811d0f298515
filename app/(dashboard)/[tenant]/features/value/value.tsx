"use client";

import { useQuery } from "@tanstack/react-query";
import { Shapes } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { ButtonLink } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Input } from "@/app/_components/ui/field";
import { formatTotal } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { localDay } from "@/server/calendar/local-day";
import { useMemberNames } from "../../_components/names";
import { PageHeader } from "../../_components/page-header";
import { useRight, useTenant } from "../../_components/tenant-context";
import { useNow } from "../../_components/use-now";
import { CsvButton } from "../../_export/csv-button";
import { live } from "../../_reports/live";
import { FeatureTabs } from "../feature-tabs";
import { FeatureDialog } from "./feature-dialog";
import { valueParams, valueQuestion } from "./search-params";
import { shownRows, type ValueRow } from "./shown-rows";
import { StretchFields } from "./stretch-fields";
import { ToldWords } from "./told-words";
import { UnmatchedCard } from "./unmatched-card";
import { nameColumn, valueColumns } from "./value-columns";
import { stretchWords } from "./words";

interface ValueProps {
  now: string;
  /** Where apps reach the deployment. */
  baseUrl: string;
}

interface OpenedFeature {
  setting: ValueRow["setting"];
  isOpen: boolean;
  /** Another one begins anew. */
  nth: number;
}

/** What each feature brings for what it costs. */
export function Value({ now: initialNow, baseUrl }: ValueProps) {
  const now = useNow(initialNow);
  const { slug, timeZone } = useTenant();
  const mayWrite = useRight("features:write");
  const owners = useMemberNames();
  const [params, setParams] = useQueryStates(valueParams);
  const [typed, setTyped] = useState("");
  const [dialog, setDialog] = useState<OpenedFeature | null>(null);
  const question = valueQuestion(params);
  const query = useQuery(useTRPC().reports.featureValue.queryOptions(question, live));
  const answer = query.data;
  const rows = answer && shownRows(answer.features, params.order, typed);
  const isEmpty = answer?.features.length === 0;
  const open = ({ setting }: ValueRow) => setDialog({ setting, isOpen: true, nth: (dialog?.nth ?? 0) + 1 });
  return (
    <>
      <PageHeader
        title="Features"
        aside={answer && <ToldWords told={answer.told} now={now} timeZone={timeZone} />}
      />
      <FeatureTabs />
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <StretchFields
          today={localDay(now, timeZone)}
          month={params.month}
          span={params.span}
          onChange={(part) => void setParams(part)}
        />
        <Input
          type="search"
          aria-label="Find a feature"
          placeholder="Find a feature"
          className="w-full sm:ml-auto sm:w-56"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </div>
      <div className="space-y-4">
        <Card>
          <CardHeader
            title="What each feature brings"
            hint={
              answer
                ? `${stretchWords(answer.months)}: ${plural(answer.total.activeUsers, "active user")}, ${formatTotal(answer.total.costUsd)}.`
                : "Its uses and users, and what each of them costs."
            }
          >
            {answer && !isEmpty && (
              <CsvButton table="featureValue" input={question} of="the value of features" />
            )}
          </CardHeader>
          {query.isError ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <ReportTable
              caption="What each feature brings for what it costs"
              rows={rows}
              keyOf={({ feature }) => feature}
              name={nameColumn(owners, mayWrite ? open : undefined)}
              columns={valueColumns({
                isWhole: answer?.months.isRunning === false,
                tooFew: answer !== undefined && answer.total.activeUsers < answer.minUsers,
                total: answer?.total,
              })}
              sort={{ order: params.order, onSort: (order) => void setParams({ order }) }}
              isStale={query.isPlaceholderData}
              total={
                answer && {
                  label: `All ${plural(answer.features.length, "feature")} and what has none`,
                  unpricedCalls: answer.total.unpricedCalls,
                }
              }
              empty={
                isEmpty ? (
                  <EmptyState
                    icon={Shapes}
                    title="No feature was seen yet"
                    action={
                      <ButtonLink href={`/${slug}/get-started`} variant="primary">
                        Send the first call
                      </ButtonLink>
                    }
                  >
                    Send each call with its feature and user, and an event to /v1/track whenever somebody uses
                    it. Then you see here what a user, a success and a conversion of each cost.
                  </EmptyState>
                ) : (
                  <EmptyState icon={Shapes} title="No feature of that name">
                    Type less of it, or look at more months.
                  </EmptyState>
                )
              }
            />
          )}
        </Card>
        <UnmatchedCard baseUrl={baseUrl} />
      </div>
      {dialog && (
        <FeatureDialog
          key={dialog.nth}
          open={dialog.isOpen}
          setting={dialog.setting}
          onClose={() => setDialog({ ...dialog, isOpen: false })}
        />
      )}
    </>
  );
}
