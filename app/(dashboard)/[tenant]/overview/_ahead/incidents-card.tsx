"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { ButtonLink } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Link } from "@/app/_components/ui/link";
import { toGeometry } from "@/app/_format/money";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import type { ListIncidentsInput } from "@/server/incidents/schemas";
import { useTenant } from "../../_components/tenant-context";
import { live } from "../../_reports/live";
import { severityTones, subjectName } from "../../alerts/words";
import { concludeIncidents } from "./conclude-incidents";

type Incident = Outputs["incidents"]["list"]["incidents"][number];

/** Rows beside the forecast; the others are on Alerts. */
export const worstQuestion: ListIncidentsInput = { states: ["open"], order: "worst", limit: 3 };

function Excess({ usd }: { usd: string | null }) {
  if (usd === null) {
    return (
      <span className="text-ink-faint" title="What it is about is not told in USD">
        –
      </span>
    );
  }
  return <Money usd={usd} className={toGeometry(usd) > 0 ? "font-medium text-bad" : undefined} />;
}

function Row({ incident: { id, subject, severity, details, impactUsd } }: { incident: Incident }) {
  const { slug } = useTenant();
  return (
    <li className="flex items-start gap-3 px-4 py-2 text-sm sm:px-5">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2">
          <Link
            href={`/${slug}/alerts/${id}`}
            className="truncate rounded-sm font-medium hover:underline hover:underline-offset-2"
          >
            {subjectName(subject)}
          </Link>
          <Badge tone={severityTones[severity]}>{severity}</Badge>
        </p>
        <p className="truncate text-xs text-ink-muted" title={details.sentence}>
          {details.sentence}
        </p>
      </div>
      <p className="text-right whitespace-nowrap">
        <Excess usd={impactUsd} />
        {impactUsd !== null && <span className="block text-xs text-ink-muted">beyond expected</span>}
      </p>
    </li>
  );
}

/** What is out of the ordinary and has nobody yet: how much there is, and the worst of it. */
export function IncidentsCard() {
  const { slug } = useTenant();
  const asked = useQuery(useTRPC().incidents.list.queryOptions(worstQuestion, live));
  const answer = asked.data;
  return (
    <Card className="flex flex-col">
      <CardHeader title="Open incidents" hint={answer && concludeIncidents(answer.unresolved)}>
        <ButtonLink size="sm" variant="ghost" href={`/${slug}/alerts`}>
          All alerts
        </ButtonLink>
      </CardHeader>
      {asked.isError ? (
        <Failure error={asked.error} onRetry={() => void asked.refetch()} className="py-6" />
      ) : answer === undefined ? (
        <div role="status" aria-label="Loading" className="h-40" />
      ) : answer.incidents.length === 0 ? (
        <p className="border-t px-4 py-4 text-sm text-ink-muted sm:px-5">
          What stands out shows here, with what did it.
        </p>
      ) : (
        <ul className="divide-y border-t">
          {answer.incidents.map((incident) => (
            <Row key={incident.id} incident={incident} />
          ))}
        </ul>
      )}
    </Card>
  );
}
