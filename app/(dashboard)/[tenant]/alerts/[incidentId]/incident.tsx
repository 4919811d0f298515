"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Card } from "@/app/_components/ui/card";
import { Callout } from "@/app/_components/ui/callout";
import { Link } from "@/app/_components/ui/link";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstant } from "@/app/_format/dates";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { ruleNames } from "@/server/delivery/rule-names";
import { useMemberNames } from "../../_components/names";
import { PageHeader } from "../../_components/page-header";
import { useTenant } from "../../_components/tenant-context";
import { useNow } from "../../_components/use-now";
import { ruleHref } from "../rules/[rule]/search-params";
import { severityTones, stateWords, subjectName } from "../words";
import { Actions } from "./actions";
import { filterOf } from "./around";
import { CausesCard } from "./causes-card";
import { FactsCard } from "./facts-card";
import { SeriesCard } from "./series-card";
import { holderOf } from "./timeline";
import { TimelineCard } from "./timeline-card";

export type IncidentAnswer = Outputs["incidents"]["read"];

function State({ incident, timeline, now }: Pick<IncidentAnswer, "incident" | "timeline"> & { now: Date }) {
  const { timeZone } = useTenant();
  const names = useMemberNames();
  const { state, snoozedUntil, resolvedAt, severity } = incident;
  const { label, tone } = stateWords[state];
  const holder = holderOf(incident.state, timeline);
  const by = holder === null ? "" : ` by ${names.get(holder) ?? "somebody who has left"}`;
  const when =
    state === "snoozed" && snoozedUntil !== null
      ? ` until ${formatInstant(snoozedUntil, timeZone, now)}`
      : state === "resolved" && resolvedAt !== null
        ? ` ${formatInstant(resolvedAt, timeZone, now)}`
        : "";
  return (
    <>
      <Badge tone={severityTones[severity]}>{severity}</Badge>
      <Badge tone={tone} dot={state === "open"}>
        {label}
        {by}
        {when}
      </Badge>
    </>
  );
}

export function Incident({ id, now: initialNow }: { id: string; now: string }) {
  const now = useNow(initialNow);
  const { slug } = useTenant();
  const asked = useQuery(useTRPC().incidents.read.queryOptions({ id }, { refetchInterval: 30_000 }));
  const back = (
    <Link
      href={`/${slug}/alerts`}
      className="mb-2 inline-flex items-center gap-1.5 text-xs text-ink-muted underline underline-offset-2 hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-3.5" /> All incidents
    </Link>
  );
  if (!asked.data) {
    return (
      <>
        {back}
        <PageHeader title="Incident" />
        <Card>
          {asked.isError ? (
            <Failure error={asked.error} onRetry={() => void asked.refetch()} />
          ) : (
            <SkeletonRows rows={6} />
          )}
        </Card>
      </>
    );
  }
  const { incident, timeline, possible } = asked.data;
  const filter = filterOf(incident);
  return (
    <>
      {back}
      <PageHeader
        title={subjectName(incident.subject)}
        hint={incident.details.sentence}
        aside={
          <>
            <State incident={incident} timeline={timeline} now={now} />
            <Link
              href={ruleHref(slug, incident.rule)}
              className="text-xs text-ink-muted underline underline-offset-2 hover:text-ink"
            >
              {ruleNames[incident.rule]}
            </Link>
          </>
        }
      >
        <Actions id={id} possible={possible} now={now} />
      </PageHeader>
      <div className="space-y-4">
        {incident.details.basis === "provisional" && incident.state !== "resolved" && (
          <Callout>
            These figures are of hours that are not final: calls that come late may still change them.
          </Callout>
        )}
        <FactsCard incident={incident} now={now} />
        {filter !== null && <SeriesCard incident={incident} filter={filter} now={now} />}
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <CausesCard incident={incident} filter={filter} now={now} />
          <TimelineCard id={id} events={timeline} now={now} />
        </div>
      </div>
    </>
  );
}
