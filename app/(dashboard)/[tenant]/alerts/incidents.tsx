"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { BellRing, CircleCheck } from "lucide-react";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Button, ButtonLink } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Segmented } from "@/app/_components/ui/segmented";
import { useTRPC } from "@/app/_trpc/client";
import { type IncidentState, incidentStates } from "@/server/incidents/schemas";
import { useMemberNames } from "../_components/names";
import { useTenant } from "../_components/tenant-context";
import { useNow } from "../_components/use-now";
import { AlertsHeader } from "./alerts-header";
import { conclude } from "./conclude";
import { incidentColumns, nameColumn } from "./incident-columns";
import { openFirst } from "./open-first";
import { incidentsQuestion, mostRows, pageRows, stateParam } from "./search-params";
import { Watched } from "./watched";
import { stateWords } from "./words";

const choices = [
  { value: "recent", label: "Recent", title: "What is not resolved, and what was in the last seven days" },
  ...incidentStates.map((state) => ({ value: state, label: capital(stateWords[state].label) })),
] as const;

function capital(word: string) {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

const hints = {
  recent: "What is not resolved, open ones first, and what was resolved in the last seven days.",
  open: "Nobody has them yet.",
  acknowledged: "Somebody looks into them.",
  snoozed: "Put off: they wake if the rule still finds them then.",
  resolved: "They ended by themselves, or somebody has dealt with them.",
} as const satisfies Record<IncidentState | "recent", string>;

// Rules look each minute; who watches the list need not load it anew.
const fresh = { refetchInterval: 30_000, placeholderData: keepPreviousData } as const;

export function Incidents({ now: initialNow }: { now: string }) {
  const now = useNow(initialNow);
  const { slug, timeZone } = useTenant();
  const names = useMemberNames();
  const [state, setState] = useQueryState("state", stateParam.withOptions({ history: "replace" }));
  const [rows, setRows] = useState(pageRows);
  const trpc = useTRPC();
  const recent = useQuery(trpc.incidents.list.queryOptions(incidentsQuestion(null), fresh));
  const list = useQuery(trpc.incidents.list.queryOptions(incidentsQuestion(state, rows), fresh));
  const unresolved = recent.data?.unresolved;
  const sentence =
    recent.data &&
    unresolved &&
    conclude({ ...unresolved, open: recent.data.incidents.filter((one) => one.state === "open") }, now, timeZone); // prettier-ignore
  const found = list.data && (state === null ? openFirst(list.data.incidents) : list.data.incidents);
  const hasMore = found !== undefined && found.length > rows;
  return (
    <>
      <AlertsHeader hint={sentence} />
      <Card>
        <div className="@container">
          <CardHeader title="Incidents" hint={hints[state ?? "recent"]}>
            <div className="max-w-full overflow-x-auto">
              <Segmented
                label="Which incidents"
                value={state ?? "recent"}
                options={choices}
                onChange={(value) => {
                  setRows(pageRows);
                  void setState(value === "recent" ? null : value);
                }}
              />
            </div>
          </CardHeader>
        </div>
        {list.isError ? (
          <Failure error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <ReportTable
            caption={`Incidents, ${state === null ? "open ones first" : "the newest first"}`}
            rows={found?.slice(0, rows)}
            keyOf={({ id }) => id}
            name={nameColumn(slug)}
            columns={incidentColumns({ timeZone, now, names })}
            isStale={list.isPlaceholderData}
            empty={
              state === null ? (
                <EmptyState
                  icon={CircleCheck}
                  title="Nothing was found in the last seven days"
                  action={<ButtonLink href={`/${slug}/alerts/rules`}>See the rules</ButtonLink>}
                >
                  <Watched now={now} />
                </EmptyState>
              ) : (
                <EmptyState icon={BellRing} title={`No ${stateWords[state].label} incidents`}>
                  {hints[state]}
                </EmptyState>
              )
            }
          />
        )}
        {hasMore && (
          <div className="border-t p-3 text-center">
            {rows < mostRows - 1 ? (
              <Button
                size="sm"
                disabled={list.isFetching}
                onClick={() => setRows(Math.min(rows + 2 * pageRows, mostRows - 1))}
              >
                {list.isFetching ? "Loading …" : "Show more"}
              </Button>
            ) : (
              <p className="text-xs text-ink-muted">
                These are the newest thousand; older ones are read by the API.
              </p>
            )}
          </div>
        )}
      </Card>
    </>
  );
}
