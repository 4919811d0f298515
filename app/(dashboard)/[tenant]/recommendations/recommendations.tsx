"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Lightbulb } from "lucide-react";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { MetricTile } from "@/app/_components/metric-tile";
import { Money } from "@/app/_components/money";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Segmented } from "@/app/_components/ui/segmented";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { localDay } from "@/server/calendar/local-day";
import { type State, states } from "@/server/recommendations/schemas";
import { CsvButton } from "../_export/csv-button";
import { useMemberNames } from "../_components/names";
import { PageHeader } from "../_components/page-header";
import { useRight, useTenant } from "../_components/tenant-context";
import { conclude } from "./conclude";
import { AcceptDialog, DismissDialog } from "./decide-dialogs";
import { LookedAt } from "./looked-at";
import { RecommendationItem } from "./recommendation-item";
import { stateParam } from "./search-params";
import { useRecommendationChanges } from "./use-recommendation-changes";
import { stateWords, titleOf } from "./words";

type List = Outputs["recommendations"]["list"];
export type Row = List["recommendations"][number];

/** What a dialog is about; it stays when the dialog closes, which gives the focus back. */
interface Asked {
  dialog: "accept" | "dismiss";
  row: Row;
  /** Another one each time, so that a dialog begins anew. */
  opening: number;
}

function Head({ list }: { list: List | undefined }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <MetricTile
        label="Could be saved"
        scope="a month"
        figure={list && <Money usd={list.savingUsd} />}
        against="open and accepted, no dollar counted twice"
      />
      <MetricTile
        label="Verified so far"
        scope="in the days measured"
        figure={list && <Money usd={list.verifiedUsd} />}
        against="really paid less since, never the forecast"
      />
    </div>
  );
}

function Nothing({ state, look }: { state: State; look: List["look"] }) {
  if (state !== "open")
    return (
      <EmptyState icon={Lightbulb} title={`No ${stateWords[state].label.toLowerCase()} recommendations`}>
        {stateWords[state].hint}
      </EmptyState>
    );
  if (!look)
    return (
      <EmptyState icon={Lightbulb} title="Nobody has looked yet">
        Each morning at five your last 30 days are looked at for calls that could be batched, models that are too large,
        prompts that could be cached or have grown, and retries. Each is counted at your own prices.
      </EmptyState>
    );
  return (
    <EmptyState icon={CircleCheck} title="Nothing to save was found">
      <LookedAt look={look} />
    </EmptyState>
  );
} // prettier-ignore

export function Recommendations({ now }: { now: string }) {
  const { slug, timeZone } = useTenant();
  const mayDecide = useRight("reviews:write");
  const names = useMemberNames();
  const [state, setState] = useQueryState("state", stateParam.withOptions({ history: "replace" }));
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const { reopen } = useRecommendationChanges();
  const list = useQuery(useTRPC().recommendations.list.queryOptions({}));
  const rows = list.data?.recommendations.filter((row) => row.state === state);
  const byId = new Map(list.data?.recommendations.map((row) => [row.id, row]));
  const ask = (dialog: Asked["dialog"], row: Row) => {
    setAsked({ dialog, row, opening: (asked?.opening ?? 0) + 1 });
    setIsOpen(true);
  };
  const actionsOf = (row: Row) => {
    if (!mayDecide) return null;
    const about = `: ${titleOf(row.finding)}`;
    if (row.state === "open")
      return (
        <span className="flex gap-2">
          <Button size="sm" aria-label={`Dismiss${about}`} onClick={() => ask("dismiss", row)}>
            Dismiss
          </Button>
          <Button size="sm" variant="primary" aria-label={`Accept${about}`} onClick={() => ask("accept", row)}>
            Accept
          </Button>
        </span>
      );
    if (row.state === "gone" || row.state === "verified") return null;
    return (
      <Button
        size="sm"
        disabled={reopen.isPending}
        aria-label={`Open again${about}`}
        onClick={() => reopen.mutate({ id: row.id })}
      >
        Open again
      </Button>
    );
  };
  const options = states.map((value) => ({
    value,
    label: list.data ? `${stateWords[value].label} ${String(list.data.counts[value])}` : stateWords[value].label,
  }));
  const dialog = asked && { open: isOpen, row: asked.row, today: localDay(new Date(now), timeZone), onClose: () => setIsOpen(false) };
  return (
    <>
      <PageHeader title="Recommendations" hint={list.data && conclude(list.data)} />
      <div className="space-y-4">
        {!list.isError && <Head list={list.data} />}
        <Card>
          <CardHeader title="What could be had for less" hint={stateWords[state].hint}>
            <div className="max-w-full overflow-x-auto">
              <Segmented
                label="Which recommendations"
                value={state}
                options={options}
                onChange={(value) => void setState(value)}
              />
            </div>
            {rows !== undefined && rows.length > 0 && (
              <CsvButton table="recommendations" input={{ state }} of="recommendations" />
            )}
          </CardHeader>
          {list.isError ? (
            <Failure error={list.error} onRetry={() => void list.refetch()} />
          ) : rows === undefined ? (
            <SkeletonRows rows={6} />
          ) : rows.length === 0 ? (
            <Nothing state={state} look={list.data?.look ?? null} />
          ) : (
            <ul className="divide-y border-t">
              {rows.map((row) => (
                <RecommendationItem
                  key={row.id}
                  row={row}
                  slug={slug}
                  names={names}
                  larger={row.countedIn === null ? undefined : byId.get(row.countedIn)}
                  actions={actionsOf(row)}
                />
              ))}
            </ul>
          )}
          {list.data?.look && rows !== undefined && rows.length > 0 && (
            <p className="border-t px-4 py-3 text-xs text-ink-muted sm:px-5">
              <LookedAt look={list.data.look} /> The range beside an amount is what another such month would save,
              by how these days differ (95%); that of a cache is by its hit rate.
            </p>
          )}
        </Card>
      </div>
      {dialog && asked.dialog === "accept" && <AcceptDialog key={asked.opening} {...dialog} />}
      {dialog && asked.dialog === "dismiss" && <DismissDialog key={asked.opening} {...dialog} />}
    </>
  );
} // prettier-ignore
