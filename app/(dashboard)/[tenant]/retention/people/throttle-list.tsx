"use client";

import { useQuery } from "@tanstack/react-query";
import { UserCheck } from "lucide-react";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Segmented } from "@/app/_components/ui/segmented";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { ThrottleRow } from "@/server/analytics/people/throttle";
import { CsvButton } from "../../_export/csv-button";
import { useRight, useTenant } from "../../_components/tenant-context";
import { live } from "../../_reports/live";
import { ActivityNote } from "./activity-note";
import { ApplyDialog } from "./apply-dialog";
import { IdentifyTeaches } from "./identify-teaches";
import { RuleCard } from "./rule-card";
import { nameColumn, throttleColumns } from "./throttle-columns";
import { throttleParams, throttleQuestion, throttleRows } from "./throttle-params";
import { ThrottleTiles } from "./throttle-tiles";
import { listWords } from "./throttle-words";

const titles = { leaving: "Dear, and leaving", active: "Dear, active and unprofitable" } as const;
const emptyWords = {
  leaving: "Nobody who costs more than nine of ten others has left or is about to, without paying for it.",
  active: "Nobody who is still there costs more than nine of ten others and more than they pay.",
} as const;
const mostAtOnce = 200;

/** @param baseUrl where apps reach the deployment */
export function ThrottleList({ baseUrl }: { baseUrl: string }) {
  const { slug } = useTenant();
  const mayApply = useRight("budgets:write");
  const [group, setGroup] = useQueryState("show", throttleParams.show);
  const [limit, setLimit] = useState(throttleRows);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<{ rows: readonly ThrottleRow[]; at: number } | null>(null);
  const list = useQuery(useTRPC().reports.throttle.queryOptions(throttleQuestion(group, limit), live));
  const { data } = list;
  const open = (rows: readonly ThrottleRow[]) =>
    setAsked({ rows: rows.slice(0, mostAtOnce), at: (asked?.at ?? 0) + 1 });
  const pick = (user: string, isPicked: boolean) =>
    setPicked(new Set(isPicked ? [...picked, user] : [...picked].filter((one) => one !== user)));
  const chosen = data?.rows.filter(({ user, quota }) => picked.has(user) && quota === null) ?? [];
  const actions = mayApply ? { picked, onPick: pick, onApply: (row: ThrottleRow) => open([row]) } : null;
  return (
    <div className="space-y-4">
      {!list.isError && <ThrottleTiles answer={data} />}
      <Card>
        <CardHeader
          title={titles[group]}
          hint={
            data && (
              <>
                {listWords(data.settings, data.peers, group)} <ActivityNote activity={data.activity} />
              </>
            )
          }
        >
          <div className="flex w-full min-w-0 flex-wrap items-center gap-2 lg:w-auto">
            <Segmented
              label="Whom to show"
              value={group}
              options={[
                { value: "leaving", label: "Leaving" },
                { value: "active", label: "Active, unprofitable" },
              ]}
              onChange={(next) => {
                setPicked(new Set());
                void setGroup(next);
              }}
            />
            {chosen.length > 0 && (
              <Button size="sm" variant="primary" onClick={() => open(chosen)}>
                Give {plural(chosen.length, "user")} a quota
              </Button>
            )}
            <CsvButton table="throttle" input={{ group }} of="the throttle list" />
          </div>
        </CardHeader>
        {list.isError ? (
          <Failure error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <ReportTable<ThrottleRow>
            caption={`${titles[group]}, the greatest loss first`}
            rows={data?.rows}
            keyOf={({ user }) => user}
            name={nameColumn(slug)}
            columns={throttleColumns(slug, actions)}
            paging={{
              of: data?.groups[group].users ?? 0,
              nouns: ["user", "users"],
              onMore: () => setLimit((rows) => Math.min(10_000, rows + 4 * throttleRows)),
              isLoading: list.isFetching,
            }}
            isStale={list.isPlaceholderData}
            empty={
              <EmptyState
                icon={UserCheck}
                title={data?.states === null ? "Not counted yet" : "Nobody is worth throttling"}
                className="py-8"
              >
                {data?.states === null
                  ? "Who was there when is counted within ten minutes of the first calls that name a userId."
                  : emptyWords[group]}
              </EmptyState>
            }
          />
        )}
        {data?.told.withMrr === 0 && <IdentifyTeaches baseUrl={baseUrl} />}
      </Card>
      {data && <RuleCard settings={data.settings} />}
      <ApplyDialog
        key={asked?.at ?? 0}
        open={asked !== null}
        rows={asked?.rows ?? []}
        onClose={() => setAsked(null)}
        onApplied={() => {
          setAsked(null);
          setPicked(new Set());
        }}
      />
    </div>
  );
}
